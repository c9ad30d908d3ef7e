// name: kin_ties
// question: Who is related to whom, and across which border?
// columns: person, label, tie, other, other_label, countries, other_countries, grade
// not shown: Kinship that no source states.
MATCH (a:Person {case: $case})-[t]->(b:Person)
WHERE t.basis = 'kin'
RETURN a.id AS person, a.label AS label, toLower(type(t)) AS tie, b.id AS other, b.label AS other_label,
       coalesce(a.citizenship, []) AS countries, coalesce(b.citizenship, []) AS other_countries, t.grade AS grade
ORDER BY person, other, tie
