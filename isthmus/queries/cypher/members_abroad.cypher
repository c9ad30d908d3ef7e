// name: members_abroad
// question: Who belongs to, or leads, a cell or network that operates only in countries not theirs?
// parameter: country country = ""  only cells that operate there (code or name)
// columns: person, label, status, own_countries, tie, cell, cell_label, cell_countries, first, last, grade
// not shown: People or cells whose countries are unknown.
MATCH (p:Person {case: $case})-[t:MEMBER_OF|LEADER_OF]->(c:Cell|Network)
WHERE size(coalesce(p.citizenship, [])) > 0 AND size(coalesce(c.countries, [])) > 0
  AND none(x IN p.citizenship WHERE x IN c.countries) AND ($country = '' OR $country IN c.countries)
RETURN p.id AS person, p.label AS label, p.status AS status, p.citizenship AS own_countries,
       toLower(type(t)) AS tie, c.id AS cell, c.label AS cell_label, c.countries AS cell_countries,
       coalesce(t.first, '') AS first, coalesce(t.last, '') AS last, t.grade AS grade
ORDER BY person, cell, tie
