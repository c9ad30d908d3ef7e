// name: brokers_by_country_span
// question: Whose contacts come from the most countries other than their own?
// parameter: limit whole = 20  how many people
// columns: person, label, status, own_countries, contacts, other_countries
// not shown: People who shared a cell, an object or a place, but certainly never at one time. The acquitted and those
//   whom only co-presence ties are in no ranking. More sources on a person mean more contacts: read it beside `isthmus
//   rank`, which says how firm an order is.
CALL {
  MATCH (a:Person {case: $case})-[t]-(b:Person)
  WHERE t.basis IS NOT NULL AND a.id <> b.id
  RETURN a, b
  UNION
  MATCH (a:Person {case: $case})-[t]->(x)<-[u]-(b:Person)
  WHERE t.joins IS NOT NULL AND u.joins = t.joins
    AND (x:Event OR any(p IN split(t.spans, ';') WHERE any(q IN split(u.spans, ';') WHERE substring(p, 0, 10) <= substring(q, 33, 10) AND substring(q, 0, 10) <= substring(p, 33, 10)))) AND a.id <> b.id
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
