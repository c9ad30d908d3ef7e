// name: ego
// question: Who and what lies within a few steps of a person?
// parameter: person entity  id or any spelling of the name
// parameter: depth whole = 1  steps: 1, 2 or 3
// columns: id, kind, label, status, distance
// not shown: Countries, through which everyone is near everyone.
MATCH path = (p:Person {case: $case, id: $person})((a)-[t]-(b) WHERE NOT b:Country){1,3}(x)
WHERE length(path) <= $depth AND x.id <> $person
RETURN x.id AS id, labels(x)[0] AS kind, x.label AS label, coalesce(x.status, '') AS status,
       min(length(path)) AS distance
ORDER BY distance, kind, id
