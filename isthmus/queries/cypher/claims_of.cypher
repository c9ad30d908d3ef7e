// name: claims_of
// question: What is claimed of a person, cell or event, by which source, where?
// parameter: entity entity  id or any spelling of the name
// columns: claim, subject, property, value, valid, polarity, grade, source, pointer
// not shown: Claims that the clocks or --min-grade leave out.
MATCH (c:Claim {case: $case})
WHERE c.subject = $entity OR c.value = $entity
MATCH (c)-[:STATED_IN]->(r:Record)
RETURN c.id AS claim, c.subject AS subject, c.property AS property, c.value AS value, coalesce(c.valid, '') AS valid,
       c.polarity AS polarity, c.grade AS grade, r.source AS source, coalesce(r.pointer, '') AS pointer
ORDER BY property, value, claim
