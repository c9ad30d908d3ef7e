// name: pairs_by_event_across_border
// question: Which two people without a common citizenship had a part in the same event?
// parameter: kind event_kind = ""  only events of this kind: attack, plot, travel, meeting, …
// columns: person, other, event, event_label, event_kind, countries, other_countries, ties
// not shown: Arrests, stops and trials, which join no one; people whose citizenship is unknown.
MATCH (a:Person {case: $case})-[t]->(e:Event)<-[u]-(b:Person)
WHERE t.cross IN ['part', 'remote'] AND u.cross IN ['part', 'remote'] AND a.id < b.id
  AND size(coalesce(a.citizenship, [])) > 0 AND size(coalesce(b.citizenship, [])) > 0
  AND none(c IN a.citizenship WHERE c IN b.citizenship) AND ($kind = '' OR e.event_kind = $kind)
WITH a, b, e, toLower(type(t)) + ' / ' + toLower(type(u)) AS tie
ORDER BY tie
RETURN a.id AS person, b.id AS other, e.id AS event, e.label AS event_label, e.event_kind AS event_kind,
       a.citizenship AS countries, b.citizenship AS other_countries, collect(DISTINCT tie) AS ties
ORDER BY person, other, event
