// name: layer_counts
// question: How many events, levels and estimates lie on each layer of the map, by country?
// columns: country, layer, yes, possible
// not shown: Cells without a verdict of yes or possible; whether there was anything to decide on (see `isthmus layers`).
MATCH (v:Verdict {case: $case})
WHERE v.verdict IN ['yes', 'possible']
WITH v.country AS country, v.layer AS layer,
     sum(CASE v.verdict WHEN 'yes' THEN 1 ELSE 0 END) AS yes,
     sum(CASE v.verdict WHEN 'possible' THEN 1 ELSE 0 END) AS possible
RETURN country, layer, yes, possible
ORDER BY country, layer
