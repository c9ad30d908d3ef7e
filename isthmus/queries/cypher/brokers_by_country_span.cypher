// name: brokers_by_country_span
// question: Whose contacts come from the most countries other than their own?
// parameter: limit whole = 20  how many people
// columns: person, label, status, own_countries, contacts, other_countries
// not shown: The acquitted and those whom only co-presence ties are in no ranking. More sources on a person mean more
//   contacts: read it beside `isthmus rank`, which says how firm an order is.
CALL {
  MATCH (a:Person {case: $case})-[t]-(b:Person)
  WHERE t.basis IS NOT NULL AND a.id <> b.id
  RETURN a, b
  UNION
  MATCH (a:Person {case: $case})-[t]->(x)<-[u]-(b:Person)
  WHERE t.joins IS NOT NULL AND u.joins = t.joins AND a.id <> b.id
  RETURN a, b
}
WITH a, b
WHERE a.ranked
UNWIND CASE WHEN size(coalesce(b.citizenship, [])) = 0 THEN [''] ELSE b.citizenship END AS country
WITH a, b, country
ORDER BY country
WITH a, count(DISTINCT b.id) AS contacts,
     [c IN collect(DISTINCT country) WHERE c <> '' AND NOT c IN coalesce(a.citizenship, [])] AS others
WHERE size(others) > 0
RETURN a.id AS person, a.label AS label, a.status AS status, coalesce(a.citizenship, []) AS own_countries, contacts,
       others AS other_countries
ORDER BY size(others) DESC, contacts DESC, person
LIMIT $limit
