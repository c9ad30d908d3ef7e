// name: cross_border_ties
// question: Which links lie across a border: pairs, parts abroad, direction from afar, people and cells in several countries?
// parameter: rule country_rule = "citizenship"  what makes a country a person's: citizenship, residence, either, activity
// columns: kind, subject, object, tie, countries, object_countries, overlap, first, last, grade, origins
// not shown: Links with a country unknown; pairs in the same country; pairs who shared a cell, an object or a place, but
//   certainly never at one time; groups of more than 500 people. `isthmus cross-border` adds legal status, source and
//   what was left out.
CALL {
  // pair: two people tied outright, or by what they share
  CALL {
    MATCH (a:Person {case: $case})-[t]->(b:Person)
    WHERE t.basis IS NOT NULL
    RETURN CASE WHEN a.id < b.id THEN a ELSE b END AS low, CASE WHEN a.id < b.id THEN b ELSE a END AS high,
           t.basis AS basis, toLower(type(t)) AS word,
           CASE WHEN t.reads IS NULL THEN 0 WHEN a.id < b.id THEN 1 ELSE -1 END AS way, coalesce(t.reads, '') AS reads, true AS sure,
           coalesce(t.first, '0001-01-01') AS first, coalesce(t.last, '9999-12-31') AS last,
           [{p: t.probability, key: a.id + ' ' + toLower(type(t)) + ' ' + b.id, grade: t.grade, origins: t.origins,
             way: CASE WHEN t.reads IS NULL THEN 0 WHEN a.id < b.id THEN 1 ELSE -1 END}] AS behind
    UNION ALL
    MATCH (a:Person {case: $case})-[t]->(x)<-[u]-(b:Person)
    WHERE t.joins IS NOT NULL AND u.joins = t.joins AND a.id < b.id
    UNWIND split(t.spans, ';') AS one
    UNWIND split(u.spans, ';') AS two
    WITH a, b, x, t, u, substring(one, 0, 10) AS a1, substring(one, 11, 10) AS a2, substring(one, 22, 10) AS a3,
         substring(one, 33, 10) AS a4, substring(two, 0, 10) AS b1, substring(two, 11, 10) AS b2,
         substring(two, 22, 10) AS b3, substring(two, 33, 10) AS b4, one ENDS WITH '?' OR two ENDS WITH '?' AS doubted
    WITH a, b, x, t, u, a1, a4, b1, b4, a1 <= b4 AND b1 <= a4 AS met,
         ('Event' IN labels(x)) OR (a1 = '0001-01-01' AND a4 = '9999-12-31' AND b1 = a1 AND b4 = a4) OR
         (NOT doubted AND a2 <= a3 AND a2 <= b3 AND b2 <= a3 AND b2 <= b3) AS sure
    WHERE met OR 'Event' IN labels(x)
    RETURN a AS low, b AS high, t.joins AS basis, null AS word, 0 AS way, '' AS reads, sure,
           CASE WHEN (a1 < b1) = met THEN b1 ELSE a1 END AS first,
           CASE WHEN (a4 < b4) = met THEN a4 ELSE b4 END AS last,
           [{p: t.probability, key: a.id + ' ' + toLower(type(t)) + ' ' + x.id, grade: t.grade, origins: t.origins, way: 0},
            {p: u.probability, key: b.id + ' ' + toLower(type(u)) + ' ' + x.id, grade: u.grade, origins: u.origins, way: 0}] AS behind
  }
  // A pair stands in the direction of its best evidenced tie that has one; what runs against it is in the passive.
  WITH low, high, basis, word, way, reads, sure, first, last, behind
  ORDER BY word, basis
  WITH low, high, collect(DISTINCT CASE WHEN way >= 0 THEN word ELSE null END) AS from_low,
       collect(DISTINCT CASE WHEN way <= 0 THEN word ELSE null END) AS from_high,
       collect(DISTINCT CASE way WHEN 1 THEN reads ELSE null END) AS by_low,
       collect(DISTINCT CASE way WHEN -1 THEN reads ELSE null END) AS by_high,
       collect(DISTINCT basis) AS bases, collect(DISTINCT sure) AS sures, min(first) AS first, max(last) AS last,
       reduce(all = [], part IN collect(behind) | all + part) AS behind
  WITH low, high, from_low, from_high, by_low, by_high, bases, sures, first, last,
       reduce(best = behind[0], x IN behind | CASE WHEN x.p > best.p OR (x.p = best.p AND x.key < best.key) THEN x ELSE best END) AS best,
       reduce(b = {p: -1.0, key: '', way: 0}, x IN behind | CASE WHEN x.way <> 0 AND (x.p > b.p OR (x.p = b.p AND x.key < b.key)) THEN x ELSE b END) AS directed
  WITH CASE directed.way WHEN -1 THEN high ELSE low END AS low, CASE directed.way WHEN -1 THEN low ELSE high END AS high,
       CASE directed.way WHEN -1 THEN from_high + by_low ELSE from_low + by_high END AS words, bases, sures, first, last, best
  WITH low, high, words, bases, sures, first, last, best,
       coalesce(CASE $rule WHEN 'residence' THEN low.residence WHEN 'either' THEN low.either WHEN 'activity' THEN low.activity ELSE low.citizenship END, []) AS own, coalesce(CASE $rule WHEN 'residence' THEN high.residence WHEN 'either' THEN high.either WHEN 'activity' THEN high.activity ELSE high.citizenship END, []) AS theirs
  WHERE size(own) > 0 AND size(theirs) > 0
    AND NOT (all(c IN own WHERE c IN theirs) AND all(c IN theirs WHERE c IN own))
  RETURN 'pair' AS kind, low.id AS subject, high.id AS object,
         reduce(s = '', w IN words + [b IN ['co-participation', 'same cell', 'co-travel', 'co-arrest', 'shared object',
                'shared place'] WHERE b IN bases] | s + CASE s WHEN '' THEN '' ELSE ', ' END + w)
           + CASE WHEN true IN sures THEN '' ELSE ' (possibly together)' END AS tie,
         own, theirs, CASE WHEN any(c IN own WHERE c IN theirs) THEN 'partly shared' ELSE 'disjoint' END AS overlap,
         CASE first WHEN '0001-01-01' THEN '' ELSE first END AS first,
         CASE last WHEN '9999-12-31' THEN '' ELSE last END AS last, best.grade AS grade, best.origins AS origins
  UNION ALL
  // abroad: a part in an event, or in a cell, in a country not theirs
  MATCH (p:Person {case: $case})-[t]->(x:Event|Cell|Network)
  WHERE ('Event' IN labels(x) AND t.cross IN ['part', 'remote'])
     OR (NOT 'Event' IN labels(x) AND type(t) IN ['MEMBER_OF', 'LEADER_OF', 'DIRECTED', 'SUPPLIED', 'FINANCED', 'FACILITATED'])
  WITH p, t, x, coalesce(CASE $rule WHEN 'residence' THEN p.residence WHEN 'either' THEN p.either WHEN 'activity' THEN p.activity ELSE p.citizenship END, []) AS own, coalesce(x.countries, []) AS there
  WHERE size(own) > 0 AND size(there) > 0 AND none(c IN own WHERE c IN there)
  RETURN 'abroad' AS kind, p.id AS subject, x.id AS object, toLower(type(t)) AS tie, own, there AS theirs,
         'disjoint' AS overlap, coalesce(t.first, '') AS first, coalesce(t.last, '') AS last, t.grade AS grade,
         t.origins AS origins
  UNION ALL
  // remote: directs, supplies or finances from one country what happens in another
  MATCH (p:Person {case: $case})-[t:DIRECTED|SUPPLIED|FINANCED]->(x:Event|Cell|Network)
  MATCH (p)-[stay:LOCATED_IN|ENTERED]->(c:Country)
  WHERE stay.first IS NOT NULL AND size(coalesce(x.countries, [])) > 0 AND NOT c.id IN x.countries
  UNWIND split(t.spans, ';') AS one
  UNWIND split(stay.spans, ';') AS two
  WITH p, t, x, c, substring(one, 0, 10) AS a1, substring(one, 11, 10) AS a2, substring(one, 22, 10) AS a3,
       substring(one, 33, 10) AS a4, substring(two, 0, 10) AS b1, substring(two, 11, 10) AS b2,
       substring(two, 22, 10) AS b3, substring(two, 33, 10) AS b4, one ENDS WITH '?' OR two ENDS WITH '?' AS doubted
  WHERE a1 <= b4 AND b1 <= a4
  WITH p, t, x, c.id AS place, NOT doubted AND a2 <= a3 AND a2 <= b3 AND b2 <= a3 AND b2 <= b3 AS sure
  ORDER BY place
  WITH p, t, x, collect(DISTINCT place) AS own, collect(sure) AS sures
  RETURN 'remote' AS kind, p.id AS subject, x.id AS object, toLower(type(t)) AS tie, own, x.countries AS theirs,
         CASE WHEN any(s IN sures WHERE s) THEN 'there certainly' ELSE 'there possibly' END AS overlap,
         coalesce(t.first, '') AS first, coalesce(t.last, '') AS last, t.grade AS grade, t.origins AS origins
  UNION ALL
  // span: parts in events in two countries or more
  MATCH (p:Person {case: $case})-[t]->(e:Event)
  WHERE t.cross IN ['part', 'remote'] AND size(coalesce(e.countries, [])) > 0
  WITH p, t, e, toLower(type(t)) AS word
  ORDER BY word
  WITH p, collect(DISTINCT word) AS words, min(t.first) AS first, max(t.last) AS last,
       collect({p: t.probability, key: p.id + ' ' + toLower(type(t)) + ' ' + e.id, grade: t.grade, origins: t.origins}) AS behind,
       reduce(all = [], part IN collect(e.countries) | all + part) AS places
  WITH p, words, first, last, places, reduce(best = behind[0], x IN behind | CASE WHEN x.p > best.p OR (x.p = best.p AND x.key < best.key) THEN x ELSE best END) AS best
  UNWIND places AS country
  WITH p, words, first, last, best, country
  ORDER BY country
  WITH p, words, first, last, best, collect(DISTINCT country) AS there
  WHERE size(there) > 1
  RETURN 'span' AS kind, p.id AS subject, '' AS object,
         reduce(s = '', w IN words | s + CASE s WHEN '' THEN '' ELSE ', ' END + w) AS tie,
         coalesce(CASE $rule WHEN 'residence' THEN p.residence WHEN 'either' THEN p.either WHEN 'activity' THEN p.activity ELSE p.citizenship END, []) AS own, there AS theirs, '' AS overlap, coalesce(first, '') AS first,
         coalesce(last, '') AS last, best.grade AS grade, best.origins AS origins
  UNION ALL
  // cell: operates in two countries or more
  MATCH (x:Cell|Network|Organisation {case: $case})-[t:OPERATES_IN|BASED_IN]->(place)
  WHERE size(coalesce(x.countries, [])) > 1
  WITH x, t, place, toLower(type(t)) AS word
  ORDER BY word
  WITH x, collect(DISTINCT word) AS words, min(t.first) AS first, max(t.last) AS last,
       collect({p: t.probability, key: x.id + ' ' + toLower(type(t)) + ' ' + place.id, grade: t.grade, origins: t.origins}) AS behind
  WITH x, words, first, last, reduce(best = behind[0], x IN behind | CASE WHEN x.p > best.p OR (x.p = best.p AND x.key < best.key) THEN x ELSE best END) AS best
  RETURN 'cell' AS kind, x.id AS subject, '' AS object,
         reduce(s = '', w IN words | s + CASE s WHEN '' THEN '' ELSE ', ' END + w) AS tie,
         x.countries AS own, x.countries AS theirs, '' AS overlap, coalesce(first, '') AS first,
         coalesce(last, '') AS last, best.grade AS grade, best.origins AS origins
}
RETURN kind, subject, object, tie, reduce(s = '', c IN own | s + CASE s WHEN '' THEN '' ELSE '/' END + c) AS countries,
       reduce(s = '', c IN theirs | s + CASE s WHEN '' THEN '' ELSE '/' END + c) AS object_countries, overlap, first, last, grade, origins
ORDER BY kind, subject, object, tie, first
