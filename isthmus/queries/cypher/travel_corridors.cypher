// name: travel_corridors
// question: From which countries did people travel, or get stopped, where?
// columns: from_country, to_country, people, journeys
// not shown: Journeys of people without a known citizenship; the way within a journey (see `isthmus show`).
CALL {
  MATCH (p:Person {case: $case})-[t:TRAVELLED_IN|STOPPED_IN]->(e:Event)
  UNWIND coalesce(e.countries, []) AS place
  RETURN p, place, e.id AS journey
  UNION
  MATCH (p:Person {case: $case})-[t:ENTERED]->(c:Country)
  RETURN p, c.id AS place, p.id + ' ' + c.id AS journey
}
UNWIND coalesce(p.citizenship, []) AS home
WITH p, place, journey, home
WHERE home <> place
RETURN home AS from_country, place AS to_country, count(DISTINCT p.id) AS people, count(DISTINCT journey) AS journeys
ORDER BY people DESC, journeys DESC, from_country, to_country
