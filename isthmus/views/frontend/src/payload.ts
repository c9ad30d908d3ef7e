// What Python wrote, as it comes: the types of the page's data. Nothing here computes.

export interface Kind { name: string; plural: string; shape: string; light: string; dark: string; says: string; background: boolean }
export interface TieKind { name: string; reads: string; symmetric: boolean }
export interface Layer { name: string; light: string; dark: string; says: string; shows: "events" | "levels" | "fighters" }
export interface Source { title: string; publisher: string; published: string; locator: string }

export interface Finding {
  finding: string; title?: string; method: string; literature: string[]; parameters: Record<string, unknown>;
  columns: string[]; rows: Record<string, unknown>[]; claims: number[][]; robustness: Record<string, unknown>;
  caveats: string[]; left_out: Record<string, number>; seed: number | null;
}

export interface Layout { x: number[]; y: number[]; group: number[]; groups: string[] }

export interface Payload {
  format: number;
  meta: {
    title: string; tlp: string; version: string; country_rule: string; arguments: [string, string][];
    left_out: Record<string, number>; licences: string; rules: Record<string, string>;
  };
  words: {
    kinds: Kind[]; ties: TieKind[]; layers: Layer[]; countries: Record<string, string>;
    reliability: Record<string, string>; credibility: Record<string, string>;
  };
  nodes: {
    id: string[]; label: string[]; kind: number[]; sub: string[]; role: string[]; status: string[]; countries: string[];
    first: (number | null)[]; last: (number | null)[]; from: (number | null)[]; until: (number | null)[];
    aliases: string[]; named: number[]; ranked: number[];
  };
  layouts: { community: Layout; country: Layout };
  ties: {
    source: number[]; target: number[]; kind: number[]; role: string[];
    first: (number | null)[]; last: (number | null)[]; from: (number | null)[]; until: (number | null)[];
    grade: string[]; origins: number[]; flags: number[]; published: (number | null)[]; statement: number[];
  };
  statements: { subject: number[]; property: string[]; value: string[]; start: number[] };   // its claims: start[i] .. start[i+1]
  claims: {
    record: number[]; valid: string[]; grade: string[]; denied: number[]; note: string[];
  };
  records: { source: number[]; pointer: string[]; published: string[] };
  sources: Source[];
  holdings: {
    statement: number[]; country: string[]; body: string[]; start: (number | null)[]; end: (number | null)[];
    how: string[]; from: string[]; state: string[]; used: string[]; group: string[];
  };
  map: {
    verdicts: { layer: number; country: string; node: number; verdict: string; lat: number | null; lon: number | null; day: number | null; says: string }[];
    cells: { layer: number; country: string; verdict: string; text: string }[];
    fighters: { country: string; low: number; high: number; as_of: string; estimates: number }[];
    countries: string[];
  };
  findings: Finding[];
  world: unknown;
  chart: Record<string, unknown> | null;
}
