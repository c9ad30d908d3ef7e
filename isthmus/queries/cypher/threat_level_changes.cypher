// name: threat_level_changes
// question: When was which country's threat level what, and was it above the ordinary one?
// parameter: country country = ""  only this country (code or name)
// columns: country, date, level, heightened
// not shown: Levels of countries of which the case has none; what a level meant in law.
MATCH (v:Verdict {case: $case})
WHERE v.layer = 'heightened threat levels' AND ($country = '' OR v.country = $country)
MATCH (c:Country {case: $case, id: v.entity})
RETURN v.country AS country, coalesce(v.date, '') AS date, v.why AS level, v.verdict AS heightened
ORDER BY country, date, level
