// name: common_associates
// question: Who is tied to both of two people?
// parameter: person entity  id or any spelling of the name
// parameter: other entity  id or any spelling of the name
// columns: id, label, status, countries, ties_to_person, ties_to_other
// not shown: People who shared a cell, an object or a place, but certainly never at one time. People who only share an
//   organisation, a network or a trial with the two.
CALL {
  MATCH (a:Person {case: $case})-[t]-(x:Person)
  WHERE a.id IN [$person, $other] AND t.basis IS NOT NULL
  RETURN a.id AS one, x, t.basis AS basis
  UNION
  MATCH (a:Person {case: $case})-[t]->(y)<-[u]-(x:Person)
  WHERE a.id IN [$person, $other] AND t.joins IS NOT NULL AND u.joins = t.joins
    AND (y:Event OR any(p IN split(t.spans, ';') WHERE any(q IN split(u.spans, ';') WHERE substring(p, 0, 10) <= substring(q, 33, 10) AND substring(q, 0, 10) <= substring(p, 33, 10))))
  RETURN a.id AS one, x, t.joins AS basis
}
WITH one, x, basis
ORDER BY basis
WITH x, collect(DISTINCT CASE WHEN one = $person THEN basis ELSE null END) AS left,
     collect(DISTINCT CASE WHEN one = $other THEN basis ELSE null END) AS right
WHERE size(left) > 0 AND size(right) > 0 AND NOT x.id IN [$person, $other]
RETURN x.id AS id, x.label AS label, x.status AS status, coalesce(x.citizenship, []) AS countries,
       left AS ties_to_person, right AS ties_to_other
ORDER BY id
