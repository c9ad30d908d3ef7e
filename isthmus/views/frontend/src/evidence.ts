// Claims, sources and holders of a statement, as the panel shows them.

import type { App } from "./app";
import { between, iso } from "./days";
import { h } from "./dom";
import { words } from "./words";

function gradeSays(app: App, grade: string): string {
  const { reliability, credibility } = app.data.words;
  return [reliability[grade[0]], credibility[grade[1]]].filter(Boolean).join("; ");
}

export function gradeBadge(app: App, grade: string): HTMLElement | null {
  return grade ? h("abbr", { class: "grade", title: gradeSays(app, grade) }, grade) : null;
}

/** The address as text; a click opens it, and only if it is an address of the web. */
function address(locator: string): HTMLElement | null {
  if (!locator) return null;
  if (!/^https?:\/\//i.test(locator)) return h("span", { class: "address" }, locator);
  return h("button", { type: "button", class: "link address", title: words.open, onclick: () => { window.open(locator, "_blank", "noopener,noreferrer"); } }, locator);
}

export function claim(app: App, row: number): HTMLElement {
  const { claims, records, sources } = app.data, record = claims.record[row], source = sources[records.source[record]];
  const pieces = [claims.valid[row], records.pointer[record], claims.note[row]].filter(Boolean).join(" · ");
  return h("li", { class: claims.denied[row] ? "claim denied" : "claim" },
    h("div", {}, gradeBadge(app, claims.grade[row]), " ", h("cite", {}, source ? source.title || source.publisher : words.unnamed),
      source && source.publisher && source.title ? h("span", { class: "soft" }, ` ${source.publisher}`) : null,
      records.published[record] ? h("span", { class: "soft" }, `, ${records.published[record]}`) : null,
      claims.denied[row] ? h("strong", {}, ` ${words.denied}`) : null),
    pieces ? h("div", { class: "soft small" }, pieces) : null,
    source ? address(source.locator) : null);
}

export function holders(app: App, statement: number): HTMLElement | null {
  const rows = app.data.holders.get(statement);
  if (!rows?.length) return null;
  const { holdings, words: { countries } } = app.data;
  return h("div", {}, h("h4", {}, words.holders), h("ul", { class: "plain holders" }, ...rows.map((row) => {
    const start = holdings.start[row], end = holdings.end[row];
    const when = holdings.state[row] === "held" ? (start === null ? "" : words.since(iso(start))) : between(start, end);
    const how = [holdings.how[row], holdings.from[row] && words.heldFrom(countries[holdings.from[row]] ?? holdings.from[row])].filter(Boolean).join(" ");
    return h("li", {}, h("strong", {}, countries[holdings.country[row]] ?? holdings.country[row]),
      holdings.body[row] ? ` (${holdings.body[row]})` : "", `: ${holdings.state[row]}`, when ? ` ${when}` : "",
      h("span", { class: "soft" }, [how && ` ${how}`, holdings.used[row] && holdings.used[row] !== "unknown" && ` ${holdings.used[row]}`].filter(Boolean).join(",")));
  })));
}

export function evidence(app: App, statement: number): HTMLElement {
  const { start } = app.data.statements, rows: number[] = [];
  for (let row = start[statement]; row < start[statement + 1]; row++) rows.push(row);
  return h("div", { class: "evidence" }, h("ul", { class: "plain" }, ...rows.map((row) => claim(app, row))), holders(app, statement));
}
