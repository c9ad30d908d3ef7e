// name: coordinators
// question: Who had a part in events in two countries or more?
// parameter: countries whole = 2  the least number of countries
// columns: person, label, status, own_countries, ties, events, event_countries, first, last
// not shown: Parts in arrests, stops and trials do not count; nor do events whose country is unknown.
MATCH (p:Person {case: $case})-[t]->(e:Event)
WHERE t.cross IN ['part', 'remote'] AND size(coalesce(e.countries, [])) > 0
WITH p, t, e, toLower(type(t)) AS word
ORDER BY word
WITH p, collect(DISTINCT word) AS words, count(DISTINCT e.id) AS events, min(t.first) AS first, max(t.last) AS last,
     reduce(all = [], part IN collect(e.countries) | all + part) AS places
UNWIND places AS country
WITH p, words, events, first, last, country
ORDER BY country
WITH p, words, events, first, last, collect(DISTINCT country) AS there
WHERE size(there) >= $countries
RETURN p.id AS person, p.label AS label, p.status AS status, coalesce(p.citizenship, []) AS own_countries,
       words AS ties, events, there AS event_countries, coalesce(first, '') AS first, coalesce(last, '') AS last
ORDER BY person
