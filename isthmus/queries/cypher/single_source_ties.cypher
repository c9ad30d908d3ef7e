// name: single_source_ties
// question: Which ties between people, or of people to events and cells, rest on one origin only?
// columns: source, tie, target, target_kind, grade, origins_known
// not shown: Ties to countries. Where an origin is unknown the number of origins is the most there may be.
MATCH (p:Person {case: $case})-[t]->(x:Person|Event|Cell|Network|Organisation)
WHERE t.origins = 1
RETURN p.id AS source, toLower(type(t)) AS tie, x.id AS target, labels(x)[0] AS target_kind, t.grade AS grade,
       t.origins_known AS origins_known
ORDER BY source, tie, target
