// name: cells_of_country
// question: Which cells, networks and organisations operate in a country, where else, and with how many known members?
// parameter: country country  code or name
// columns: id, kind, label, countries, members, members_from_elsewhere
// not shown: Groups of which no source says where they operate.
MATCH (c:Cell|Network|Organisation {case: $case})
WHERE $country IN coalesce(c.countries, [])
OPTIONAL MATCH (p:Person)-[:MEMBER_OF|LEADER_OF]->(c)
WITH c, count(DISTINCT p.id) AS members,
     count(DISTINCT CASE WHEN size(coalesce(p.citizenship, [])) > 0 AND NOT $country IN p.citizenship
                         THEN p.id ELSE null END) AS others
RETURN c.id AS id, labels(c)[0] AS kind, c.label AS label, c.countries AS countries, members,
       others AS members_from_elsewhere
ORDER BY kind, id
