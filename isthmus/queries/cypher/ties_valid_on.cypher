// name: ties_valid_on
// question: Which ties of people held on a day, certainly or possibly?
// parameter: day date  ISO date
// columns: source, tie, target, target_kind, first, last, grade
// not shown: Ties without any date. Gaps between a tie's intervals are not told apart: use --valid for that.
MATCH (p:Person {case: $case})-[t]->(x)
WHERE (t.first IS NOT NULL OR t.last IS NOT NULL) AND coalesce(t.first, '0001-01-01') <= $day
  AND coalesce(t.last, '9999-12-31') >= $day
RETURN p.id AS source, toLower(type(t)) AS tie, x.id AS target, labels(x)[0] AS target_kind,
       coalesce(t.first, '') AS first, coalesce(t.last, '') AS last, t.grade AS grade
ORDER BY source, tie, target
