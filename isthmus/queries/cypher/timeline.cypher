// name: timeline
// question: What happened, in order?
// parameter: since since = ""  only what may have happened on the first day of this date or later
// parameter: until until = ""  only what may have happened on the last day of this date or earlier
// parameter: country country = ""  only events there (code or name)
// columns: first, last, event, label, event_kind, direction, countries
// not shown: Events without a date.
MATCH (e:Event {case: $case})
WHERE (e.first IS NOT NULL OR e.last IS NOT NULL) AND ($since = '' OR coalesce(e.last, '9999-12-31') >= $since)
  AND ($until = '' OR coalesce(e.first, '0001-01-01') <= $until) AND ($country = '' OR $country IN coalesce(e.countries, []))
RETURN coalesce(e.first, '') AS first, coalesce(e.last, '') AS last, e.id AS event, e.label AS label,
       coalesce(e.event_kind, '') AS event_kind, coalesce(e.direction, '') AS direction,
       coalesce(e.countries, []) AS countries
ORDER BY first, last, event
