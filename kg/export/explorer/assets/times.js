// Relations and figures by year and month.

import { inside } from "./facets.js";

// Counts by year and month of what passes all other filters, and what is `listed` under all of them, newest first.
// `vague(years)`: how many of these years name no month.
export function datedOf(model, filters) {
  const open = { ...filters, years: new Set(), months: new Set() };
  const all = [...model.relations.map((one) => ["relation", one]), ...model.figures.map((one) => ["figure", one])]
    .filter(([, one]) => inside(open, one))
    .map(([kind, one]) => ({ kind, row: one.row, when: one.when, one }));
  const years = new Map();
  const months = new Map();
  for (const { when } of all) {
    if (when !== "") years.set(when.slice(0, 4), (years.get(when.slice(0, 4)) ?? 0) + 1);
    if (when.length > 4) months.set(when.slice(0, 7), (months.get(when.slice(0, 7)) ?? 0) + 1);
  }
  const listed = all
    .filter(({ one }) => inside(filters, one))
    .sort((a, b) => (a.when < b.when ? 1 : a.when > b.when ? -1 : 0));
  const vague = (chosen) => all.filter(({ when }) => when.length === 4 && chosen.has(when)).length;
  return { years, months, undated: all.filter(({ when }) => when === "").length, listed, vague };
}

const MOST = 60; // bars at most: years before the last so many are left to the filter

// Every year (`each` = 1) or month (12) from the first to the last, also those nothing is said of.
export function spanOf(values, each) {
  if (values.length === 0) return [];
  const number = (value) =>
    each === 1 ? Number(value) : Number(value.slice(0, 4)) * 12 + Number(value.slice(5)) - 1;
  const text = (at) =>
    each === 1
      ? String(at).padStart(4, "0")
      : `${String(Math.floor(at / 12)).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}`;
  const sorted = values.map(number).sort((a, b) => a - b);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (last - first < MOST) return Array.from({ length: last - first + 1 }, (_, at) => text(first + at));
  return [...new Set(sorted)].slice(-MOST).map(text);
}
