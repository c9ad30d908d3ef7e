// name: arrests_by_country
// question: How many arrests does the record have in each country, of how many people, and when?
// columns: country, arrests, people, first, last
// not shown: Arrests that no source places. It counts what sources tell, not what happened.
MATCH (e:Event {case: $case})
WHERE e.event_kind = 'arrest'
OPTIONAL MATCH (p:Person)-[:ARRESTED_IN]->(e)
UNWIND coalesce(e.countries, []) AS country
RETURN country, count(DISTINCT e.id) AS arrests, count(DISTINCT p.id) AS people,
       coalesce(min(e.first), '') AS first, coalesce(max(e.last), '') AS last
ORDER BY arrests DESC, country
