// name: coordinators
// question: Who had a part in events in two countries or more?
// parameter: countries whole = 2  the least number of countries
// columns: person, label, status, own_countries, ties, events, event_countries, first, last
// not shown: Parts in arrests, stops and trials do not count; nor do events whose country is unknown.
MATCH (p:Person {case: $case})-[t]->(e:Event)
WHERE t.cross IN ['part', 'remote'] AND size(e.countries) > 0
UNWIND e.countries AS country
WITH p, t, e, country
ORDER BY country
WITH p, collect(DISTINCT country) AS there, count(DISTINCT e.id) AS events, min(t.first) AS first,
     CASE WHEN sum(CASE WHEN t.last IS NULL THEN 1 ELSE 0 END) > 0 AND max(t.last) IS NULL THEN '' ELSE max(t.last) END AS last
WHERE size(there) >= $countries
CALL {
  WITH p
  MATCH (p)-[t]->(e:Event)
  WHERE t.cross IN ['part', 'remote'] AND size(e.countries) > 0
  WITH DISTINCT toLower(type(t)) AS kind
  ORDER BY kind
  RETURN collect(kind) AS kinds
}
RETURN p.id AS person, p.label AS label, p.status AS status, coalesce(p.citizenship, []) AS own_countries,
       kinds AS ties, events, there AS event_countries, coalesce(first, '') AS first, coalesce(last, '') AS last
ORDER BY person
