// One metric over places and years: which metrics there are, and of one the rows, columns and cells.

import { inside } from "./facets.js";

// Every metric with how many figures that pass, places and years it has; those said of most places first.
export function metricsOf(model, filters) {
  const found = new Map();
  for (const figure of model.figures) {
    if (!inside(filters, figure)) continue;
    const { metric, phrase, place, year } = figure;
    if (!found.has(metric)) {
      const phrases = new Set([metric]); // all that it is called
      found.set(metric, { metric, phrases, figures: 0, places: new Set(), years: new Set() });
    }
    const one = found.get(metric);
    one.phrases.add(phrase);
    one.figures += 1;
    if (place >= 0) one.places.add(place);
    if (year !== "") one.years.add(year);
  }
  const worth = ({ places, years }) => places.size * 100 + years.size;
  return [...found.values()].sort(
    (a, b) => worth(b) - worth(a) || b.figures - a.figures || (a.metric < b.metric ? -1 : 1),
  );
}

// Figures of the metric; `alike`: also of metrics whose name holds its name.
function figuresOf(model, { metric, alike }, filters) {
  const same = (name) => (alike ? name.includes(metric) : name === metric);
  return model.figures.filter((figure) => same(figure.metric) && inside(filters, figure));
}

// `units`: [unit, figures], most used first; `years`: ascending, "" (not stated) last; `rows`: { place, cells }, cells
// a Map of year → rows of figures; `unplaced`: figures of no known place. Only figures of one unit are compared.
export function comparisonOf(model, asked, filters) {
  const figures = figuresOf(model, asked, filters);
  const uses = new Map();
  for (const { unit } of figures) uses.set(unit, (uses.get(unit) ?? 0) + 1);
  const units = [...uses].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const unit = uses.has(asked.unit) ? asked.unit : (units[0]?.[0] ?? "");
  const mine = figures.filter((figure) => figure.unit === unit);
  const years = [...new Set(mine.map(({ year }) => year))].sort(
    (a, b) => (a === "") - (b === "") || (a < b ? -1 : 1),
  );
  const byPlace = new Map();
  for (const figure of mine) {
    if (figure.place < 0) continue;
    if (!byPlace.has(figure.place)) byPlace.set(figure.place, new Map());
    const cells = byPlace.get(figure.place);
    if (!cells.has(figure.year)) cells.set(figure.year, []);
    cells.get(figure.year).push(figure.row);
  }
  for (const cells of byPlace.values()) for (const list of cells.values()) list.sort((a, b) => order(model, a, b));
  const rows = [...byPlace]
    .map(([place, cells]) => ({ place, cells }))
    .sort((a, b) => ranked(model, a, b));
  return { units, unit, years, rows, unplaced: mine.filter(({ place }) => place < 0).length, total: mine.length };
}

// Places by their latest results, the highest first; then those that state only targets and the like.
function ranked(model, one, other) {
  const [a, b] = [latestOf(model, one), latestOf(model, other)];
  const results = (b.status === "actual") - (a.status === "actual");
  return results || Number(b.value) - Number(a.value) || one.place - other.place;
}

// The latest result of a place, or else the latest of whatever it states.
function latestOf({ figures }, { cells }) {
  const years = [...cells.keys()].sort((a, b) => (a < b ? 1 : -1));
  const all = years.flatMap((year) => cells.get(year)).map((row) => figures[row]);
  return all.find(({ status }) => status === "actual") ?? all[0];
}

// Results before targets, larger values first.
function order({ figures }, a, b) {
  const target = (row) => (figures[row].status === "target" ? 1 : 0);
  return target(a) - target(b) || Number(figures[b].value) - Number(figures[a].value) || a - b;
}

// Of whom a figure is: its subject; if that is its document, the place or else the document.
function whom({ subject, place, doc }) {
  return subject[0] >= 0 ? String(subject[0]) : place >= 0 ? String(place) : `document ${doc}`;
}

// Pairs of results of one year and of a later one that the same is said of; `figures` by year.
export function trendsOf(figures) {
  const last = new Map(); // of whom and what → the result of the year before
  const found = [];
  for (const figure of figures) {
    if (figure.status !== "actual" || figure.year === "") continue;
    const key = `${whom(figure)} ${figure.metric}`;
    const before = last.get(key);
    if (before?.year === figure.year) continue;
    if (before !== undefined) found.push([before, figure]);
    last.set(key, figure);
  }
  return found;
}

const SAME = ["metric", "unit", "period", "status"];

function amountOf({ value, upper, bound }) {
  return `${Number(value)} ${upper === null ? "" : Number(upper)} ${bound}`;
}

// What a figure says, in one string: figures that say the same have the same.
export function sayingOf(figure) {
  return JSON.stringify([whom(figure), amountOf(figure), ...SAME.map((key) => figure[key])]);
}

// Whether two figures say different things of the same: metric, subject, period, status and unit agree, amounts do not.
export function contradicts(one, other) {
  return whom(one) === whom(other) && SAME.every((key) => one[key] === other[key]) && amountOf(one) !== amountOf(other);
}
