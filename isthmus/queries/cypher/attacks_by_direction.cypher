// name: attacks_by_direction
// question: How many attacks were directed, inspired or unclear, where, and with how many dead?
// parameter: country country = ""  only attacks there (code or name)
// columns: direction, attacks, killed_low, killed_high, countries
// not shown: Sites that are part of an attack, so that no toll counts twice; tolls that no source gives count as 0.
MATCH (e:Event {case: $case})
WHERE e.event_kind = 'attack' AND NOT EXISTS { MATCH (e)-[:PART_OF]->(w:Event) WHERE w.event_kind = 'attack' }
  AND ($country = '' OR $country IN coalesce(e.countries, []))
UNWIND CASE WHEN size(coalesce(e.countries, [])) = 0 THEN [''] ELSE e.countries END AS country
WITH e, country
ORDER BY country
WITH coalesce(e.direction, 'unclear') AS direction, collect(DISTINCT country) AS places,
     collect(DISTINCT {id: e.id, low: coalesce(e.killed_low, 0.0), high: coalesce(e.killed_high, 0.0)}) AS tolls
RETURN direction, size(tolls) AS attacks, reduce(s = 0.0, x IN tolls | s + x.low) AS killed_low,
       reduce(s = 0.0, x IN tolls | s + x.high) AS killed_high, [c IN places WHERE c <> ''] AS countries
ORDER BY direction
