// name: contradicting_claims
// question: Which statements does one claim affirm and another deny?
// columns: subject, property, value, claim, grade, denying_claim, denying_grade
// not shown: Statements that differ without one denying the other, such as two birth dates (see `isthmus show`).
MATCH (d:Claim {case: $case})
WHERE d.polarity = 'denied'
MATCH (c:Claim {case: $case, statement: d.statement})
WHERE c.polarity = 'affirmed'
RETURN c.subject AS subject, c.property AS property, c.value AS value, c.id AS claim, c.grade AS grade,
       d.id AS denying_claim, d.grade AS denying_grade
ORDER BY subject, property, value, claim, denying_claim
