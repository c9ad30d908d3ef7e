// Findings as they were returned: table, method, parameters, robustness, caveats. Country pairs also as a matrix.

import * as actions from "./actions";
import type { App, ViewPart } from "./app";
import type { Finding } from "./payload";
import { button, h } from "./dom";
import { claim } from "./evidence";
import { words } from "./words";

const MOST = 500;

function plain(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(plain).join("; ");
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : String(Math.round(value * 10000) / 10000);
  if (typeof value === "object") return Object.entries(value).map(([key, one]) => `${key}: ${plain(one)}`).join("; ");
  return String(value);
}

/** A table with two columns of country codes and a number is also a matrix. */
export function matrixOf(finding: Finding): { rows: string[]; columns: string[]; cell: (a: string, b: string) => string } | null {
  const code = (column: string): boolean => finding.rows.length > 0 && finding.rows.every((row) => typeof row[column] === "string" && /^[A-Z]{2}$/.test(row[column] as string));
  const codes = finding.columns.filter(code), number = finding.columns.find((column) => finding.rows.every((row) => typeof row[column] === "number"));
  if (codes.length < 2 || !number || !finding.rows.length) return null;
  const [a, b] = codes, cells = new Map(finding.rows.map((row) => [`${row[a]} ${row[b]}`, plain(row[number])]));
  const distinct = (column: string): string[] => [...new Set(finding.rows.map((row) => row[column] as string))].sort();
  return { rows: distinct(a), columns: distinct(b), cell: (row, column) => cells.get(`${row} ${column}`) ?? "" };
}

export class Findings implements ViewPart {
  readonly element = h("div", { class: "findings" });

  constructor(private readonly app: App) {}

  update(changed: Set<string> | null): void {
    if (changed && [...changed].every((key) => key === "selected" || key === "tie") && this.element.childElementCount) return;
    const { findings } = this.app.data, { store } = this.app;
    if (!findings.length) { this.element.replaceChildren(h("p", { class: "soft pad" }, words.noFindings)); return; }
    const at = Math.min(store.state.finding, findings.length - 1);
    const list = h("nav", { class: "finding-list", "aria-label": words.findings }, ...findings.map((one, k) => h("button", {
      type: "button", "aria-pressed": String(k === at), onclick: () => store.set({ finding: k }),
    }, one.title ?? one.finding.replaceAll("_", " "), h("span", { class: "soft" }, ` ${one.rows.length}`))));
    this.element.replaceChildren(list, this.one(findings[at]));
  }

  private one(finding: Finding): HTMLElement {
    const matrix = matrixOf(finding);
    return h("article", { class: "finding" },
      h("h2", {}, finding.title ?? finding.finding.replaceAll("_", " ")), h("p", { class: "lead" }, finding.method),
      this.table(finding), matrix ? this.matrix(matrix) : null,
      this.facts(words.parameters, finding.parameters), this.facts(words.robustness, finding.robustness),
      finding.caveats.length ? h("div", {}, h("h3", {}, words.caveats), h("ul", {}, ...finding.caveats.map((text) => h("li", {}, text)))) : null,
      this.facts(words.leftOut, finding.left_out),
      finding.literature.length ? h("div", {}, h("h3", {}, words.literature), h("ul", {}, ...finding.literature.map((text) => h("li", {}, text)))) : null);
  }

  private facts(title: string, values: Record<string, unknown>): HTMLElement | null {
    const entries = Object.entries(values).filter(([, value]) => plain(value) !== "");
    if (!entries.length) return null;
    return h("div", {}, h("h3", {}, title), h("dl", { class: "facts" }, ...entries.map(([key, value]) => h("div", { class: "fact" }, h("dt", {}, key.replaceAll("_", " ")), h("dd", {}, plain(value))))));
  }

  private cell(value: unknown, most = 0): HTMLElement {
    const text = plain(value);
    if (most && typeof value === "number") return h("td", { class: `h${value <= 0 ? 0 : Math.min(4, Math.ceil((4 * Math.sqrt(value)) / Math.sqrt(most)))}` }, text);
    const node = typeof value === "string" ? this.byName(value) : undefined;
    return h("td", {}, node === undefined ? text : h("button", { type: "button", class: "link", onclick: () => actions.choose(this.app, node) }, text));
  }

  private names: Map<string, number> | null = null;

  private byName(text: string): number | undefined {
    this.names ??= new Map(this.app.data.nodes.label.map((label, i) => [label, i]));
    return this.app.data.index.get(text) ?? this.names.get(text);
  }

  /** The number of claims behind a row; pressed, they are listed under it. */
  private claims(claims: number[], width: number): HTMLElement {
    const more = button(String(claims.length), () => {
      const row = more.closest("tr") as HTMLElement, open = row.nextElementSibling?.classList.contains("claims-row");
      if (open) row.nextElementSibling?.remove();
      else row.after(h("tr", { class: "claims-row" }, h("td", { colspan: width }, h("ul", { class: "plain" }, ...claims.map((one) => claim(this.app, one))))));
      more.setAttribute("aria-expanded", String(!open));
    }, { "aria-expanded": "false", "aria-label": `${claims.length} ${words.claims.toLowerCase()}` });
    return h("td", {}, claims.length ? more : "");
  }

  /** A row fits the shared filter if every entity that it names is shown; countries always are. */
  private fits(finding: Finding, row: Record<string, unknown>): boolean {
    const { data, masks } = this.app, named = finding.columns.filter((column) => column.endsWith("_id"));
    return named.every((column) => {
      const node = data.index.get(String(row[column]));
      return node === undefined || masks.nodes[node] > 0 || data.words.kinds[data.nodes.kind[node]].name === "Country";
    });
  }

  private table(finding: Finding): HTMLElement {
    const columns = finding.columns.filter((column) => !column.endsWith("_id"));
    const fitting = finding.rows.map((_, k) => k).filter((k) => this.fits(finding, finding.rows[k])), rows = fitting.slice(0, MOST);
    // A column a country with numbers in it is a matrix: its cells are shaded, by the root, so that small ones show.
    const countries = columns.filter((column) => /^[A-Z]{2}$/.test(column));
    const most = countries.length > 2 ? Math.max(0, ...finding.rows.flatMap((row) => countries.map((code) => (typeof row[code] === "number" ? row[code] : 0)))) : 0;
    const evident = finding.claims.some((claims) => claims.length);
    return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": words.rowsOf(finding.finding) }, h("table", { class: most ? "grid heat" : "grid" },
      h("thead", {}, h("tr", {}, ...columns.map((column) => h("th", { scope: "col" }, column.replaceAll("_", " "))), evident ? h("th", { scope: "col" }, words.claims.toLowerCase()) : null)),
      h("tbody", {}, ...rows.map((k) => h("tr", {}, ...columns.map((column) => this.cell(finding.rows[k][column], most)), evident ? this.claims(finding.claims[k] ?? [], columns.length + 1) : null)))),
      rows.length < finding.rows.length ? h("p", { class: "soft" }, words.listed(rows.length, fitting.length, finding.rows.length)) : null);
  }

  private matrix(matrix: NonNullable<ReturnType<typeof matrixOf>>): HTMLElement {
    const names = this.app.data.words.countries;
    return h("div", {}, h("h3", {}, words.matrix), h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": words.matrix }, h("table", { class: "grid matrix" },
      h("thead", {}, h("tr", {}, h("td", {}), ...matrix.columns.map((code) => h("th", { scope: "col", title: names[code] ?? code }, code)))),
      h("tbody", {}, ...matrix.rows.map((row) => h("tr", {}, h("th", { scope: "row", title: names[row] ?? row }, row), ...matrix.columns.map((column) => h("td", {}, matrix.cell(row, column)))))))));
  }
}
