// Days are proleptic ordinals, as in Python: day 1 is 1 January of year 1.

import { words } from "./words";

const EPOCH = 719163;   // ordinal of 1970-01-01

export function iso(day: number): string {
  const date = new Date((day - EPOCH) * 86400000);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString().slice(0, 10);
}

/** First days of the years (or months) between two days, with what to write there. */
export function ticks(from: number, to: number, monthly: boolean): { day: number; text: string }[] {
  const out: { day: number; text: string }[] = [];
  const first = new Date((from - EPOCH) * 86400000), last = new Date((to - EPOCH) * 86400000);
  for (let year = first.getUTCFullYear(); year <= last.getUTCFullYear(); year++) {
    for (let month = 0; month < 12; month += monthly ? 1 : 12) {
      const day = Math.round(Date.UTC(year, month, 1) / 86400000) + EPOCH;
      if (day >= from && day <= to) out.push({ day, text: month === 0 ? String(year) : "" });
    }
  }
  return out;
}

/** Outer bounds as people read them: a day, a year, or from - to. */
export function between(first: number | null, last: number | null): string {
  if (first === null && last === null) return "";
  if (first === null) return words.until(iso(last as number));
  if (last === null) return words.since(iso(first));
  if (first === last) return iso(first);
  const a = iso(first), b = iso(last);
  if (a.slice(0, 4) === b.slice(0, 4) && a.endsWith("-01-01") && b.endsWith("-12-31")) return a.slice(0, 4);
  if (a.slice(0, 7) === b.slice(0, 7) && a.endsWith("-01") && +b.slice(8) >= 28) return a.slice(0, 7);
  return `${a} – ${b}`;
}
