// name: foreign_fighter_sources
// question: How many left each country for Syria and Iraq, by each estimate?
// parameter: country country = ""  only this country (code or name)
// columns: country, date, estimate
// not shown: What each estimate counts: men or all, left or stayed. Estimates are never summed.
MATCH (v:Verdict {case: $case})
WHERE v.layer = 'foreign-fighter sources' AND ($country = '' OR v.country = $country)
RETURN v.country AS country, coalesce(v.date, '') AS date, v.why AS estimate
ORDER BY country, date, estimate
