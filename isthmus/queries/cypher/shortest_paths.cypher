// name: shortest_paths
// question: How is one person linked to another, by all ways that are shortest?
// parameter: person entity  id or any spelling of the name
// parameter: other entity  id or any spelling of the name
// columns: length, ids, labels, ties
// not shown: Ways through countries; ways of more than 6 steps. `isthmus path` adds the claims of each step.
MATCH path = allShortestPaths((a:Person {case: $case, id: $person})-[*..6]-(b:Person {case: $case, id: $other}))
WHERE none(n IN nodes(path) WHERE 'Country' IN labels(n))
RETURN DISTINCT length(path) AS length, [n IN nodes(path) | n.id] AS ids, [n IN nodes(path) | n.label] AS labels,
       [i IN range(0, length(path) - 1) | CASE WHEN startNode(relationships(path)[i]).id = nodes(path)[i].id
         THEN toLower(type(relationships(path)[i]))
         ELSE coalesce(relationships(path)[i].reads, toLower(type(relationships(path)[i]))) END] AS ties
ORDER BY length, ids, ties
