// name: plots_and_targets
// question: Which plots are known, whom did they threaten, and what foiled them?
// parameter: country country = ""  only plots that threaten it or were laid there (code or name)
// columns: plot, label, first, direction, scenes, targets, foiled_by
// not shown: Targets that are no country, place, organisation or body of the case.
MATCH (e:Event {case: $case})
WHERE e.event_kind = 'plot'
OPTIONAL MATCH (e)-[:TARGETS|THREATENS]->(x)
WITH e, x
ORDER BY x.label
WITH e, collect(DISTINCT x.label) AS targets, collect(DISTINCT x.id) AS ids
WHERE $country = '' OR $country IN coalesce(e.countries, []) OR $country IN ids
OPTIONAL MATCH (e)-[:FOILED_BY]->(f:Event)
WITH e, targets, f
ORDER BY f.label
RETURN e.id AS plot, e.label AS label, coalesce(e.first, '') AS first, coalesce(e.direction, 'unclear') AS direction,
       coalesce(e.countries, []) AS scenes, targets, collect(DISTINCT f.label) AS foiled_by
ORDER BY first, plot
