// The inverse of packing.py: steps become values, days absolute, and dates that a tie tells are written out.

import type { Payload } from "./payload";
import { iso } from "./days";

const OPEN = -1, SAME = "=";

interface Dated { first: (number | null)[]; last: (number | null)[]; from: (number | null)[]; until: (number | null)[] }

function summed(steps: number[]): number[] {
  let at = 0;
  return steps.map((step) => (at += step));
}

function dated<T extends Dated>(columns: T): T {
  const first = columns.first as number[], open = (day: number): number | null => (day === OPEN ? null : day);
  const last = (columns.last as number[]).map((step, i) => first[i] + step);
  return {
    ...columns, first: first.map(open), last: last.map(open),
    from: (columns.from as number[]).map((step, i) => open(first[i] + step)), until: (columns.until as number[]).map((step, i) => open(last[i] + step)),
  };
}

export function unpack(packed: Payload): Payload {
  const ties = { ...dated(packed.ties), source: summed(packed.ties.source), statement: summed(packed.ties.statement) };
  const statements = { ...packed.statements, subject: summed(packed.statements.subject), start: summed(packed.statements.start) };
  const valid = packed.claims.valid.slice();
  ties.statement.forEach((statement, t) => {
    const first = ties.first[t], last = ties.last[t];
    if (first === null || last === null) return;
    for (let c = statements.start[statement]; c < statements.start[statement + 1]; c++) {
      if (valid[c] === SAME) valid[c] = first === last ? iso(first) : `${iso(first)}/${iso(last)}`;
    }
  });
  return { ...packed, nodes: dated(packed.nodes), ties, statements, claims: { ...packed.claims, valid } };
}
