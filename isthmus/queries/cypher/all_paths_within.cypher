// name: all_paths_within
// question: By which ways of at most a few steps is one person linked to another?
// parameter: person entity  id or any spelling of the name
// parameter: other entity  id or any spelling of the name
// parameter: steps whole = 3  the most steps: 1 to 4
// columns: length, ids, labels, ties
// not shown: Ways through countries, and those that pass anyone twice.
MATCH path = (a:Person {case: $case, id: $person})((x)-[r]-(y) WHERE NOT y:Country){1,4}(b:Person {case: $case, id: $other})
WHERE length(path) <= $steps
  AND all(n IN nodes(path) WHERE size([m IN nodes(path) WHERE m.id = n.id]) = 1)
RETURN length(path) AS length, [n IN nodes(path) | n.id] AS ids, [n IN nodes(path) | n.label] AS labels,
       [i IN range(0, length(path) - 1) | CASE WHEN startNode(relationships(path)[i]).id = nodes(path)[i].id
         THEN toLower(type(relationships(path)[i]))
         ELSE coalesce(relationships(path)[i].reads, toLower(type(relationships(path)[i]))) END] AS ties
ORDER BY length, ids, ties
