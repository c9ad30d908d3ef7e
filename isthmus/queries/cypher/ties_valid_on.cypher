// name: ties_valid_on
// question: Which ties of people held on a day, certainly or possibly?
// parameter: day date  ISO date
// columns: source, tie, target, target_kind, first, last, grade
// not shown: Which ties without any date, last in the list, held then: they stay in. Gaps between a tie's intervals are not told apart: use --valid for that.
MATCH (p:Person {case: $case})-[t]->(x)
WHERE coalesce(t.first, '0001-01-01') <= $day
  AND coalesce(t.last, '9999-12-31') >= $day
RETURN p.id AS source, toLower(type(t)) AS tie, x.id AS target, labels(x)[0] AS target_kind,
       coalesce(t.first, '') AS first, coalesce(t.last, '') AS last, t.grade AS grade
ORDER BY first + last = '', source, tie, target
