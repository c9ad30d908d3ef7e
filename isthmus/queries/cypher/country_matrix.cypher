// name: country_matrix
// question: How many pairs of tied people join each two countries?
// columns: country, other, pairs
// not shown: People who shared a cell, an object or a place, but certainly never at one time. People whose citizenship
//   is unknown. A person with two citizenships counts for both. The diagonal counts pairs within a country.
CALL {
  MATCH (a:Person {case: $case})-[t]-(b:Person)
  WHERE t.basis IS NOT NULL AND a.id < b.id
  RETURN a, b
  UNION
  MATCH (a:Person {case: $case})-[t]->(x)<-[u]-(b:Person)
  WHERE t.joins IS NOT NULL AND u.joins = t.joins
    AND (x:Event OR any(p IN split(t.spans, ';') WHERE any(q IN split(u.spans, ';') WHERE substring(p, 0, 10) <= substring(q, 33, 10) AND substring(q, 0, 10) <= substring(p, 33, 10)))) AND a.id < b.id
  RETURN a, b
}
UNWIND coalesce(a.citizenship, []) AS one
UNWIND coalesce(b.citizenship, []) AS two
WITH a.id + ' ' + b.id AS pair, CASE WHEN one < two THEN one ELSE two END AS country,
     CASE WHEN one < two THEN two ELSE one END AS other
RETURN country, other, count(DISTINCT pair) AS pairs
ORDER BY country, other
