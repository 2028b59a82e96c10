// What the panel says before anything is chosen: what is in here, of where and when, and where one could begin.

import { countOf, draw, glyph, h, han, press } from "./dom.js";
import { noFilters } from "./facets.js";
import { metricsOf } from "./measures.js";
import { nameOf } from "./sentences.js";
import { datedOf, spanOf } from "./times.js";

const EACH = 3; // entities of a type to begin with
const PLACES = 6;
const YEARS = 24; // bars at most, of the latest years
const HIGH = 30; // pixels of the tallest bar
const FIRST = ["Organisation", "Policy", "Mechanism"]; // then the other types; places have a section of their own
const PLACE = "Place";

export function start(app) {
  const { words, model } = app;
  const byType = new Map([...FIRST, ...model.types.keys()].map((type) => [type, []]));
  for (const row of model.order) byType.get(model.entities[row].type).push(row);
  const ranked = (rows) => rows.sort((a, b) => linksOf(model, b) - linksOf(model, a) || a - b);
  const lists = [...byType].filter(([type, rows]) => type !== PLACE && rows.length > 0);
  return h("div", { class: "start" },
    h("h2", { class: "title", tabindex: "-1" }, words.t("start")),
    h("dl", { class: "tiles" }, ["documents", "entities", "relations", "figures"].map((key) =>
      h("div", null, h("dd", null, words.number(model[key].length)), h("dt", null, words.t(key))))),
    h("p", { class: "lead" }, words.t("help")),
    years(app),
    places(app, ranked(byType.get(PLACE) ?? [])),
    lists.map(([type, rows]) => best(app, words.name(type), ranked(rows))),
    metrics(app),
    h("p", { class: "shortcuts" }, words.t("shortcuts")));
}

const linksOf = (model, row) => model.entities[row].relations.length;

function section(heading, count, ...content) {
  return h("section", { class: "group" }, h("h3", null, heading, count === null ? null : countOf(count)), content);
}

// The entities with most relations.
function best(app, heading, rows) {
  const { words, model } = app;
  const item = (row) => h("li", { title: model.entities[row].label }, nameOf(app, row),
    countOf(words.counted("links", linksOf(model, row))));
  return section(heading, words.number(rows.length), h("ul", { class: "items names" }, rows.slice(0, EACH).map(item)));
}

function places(app, rows) {
  if (rows.length === 0) return null;
  const { words, model } = app;
  const chip = (row) => h("li", null, press("chip", () => app.choose({ kind: "entity", row }), null,
    glyph(model.entities[row].look), han(model.entities[row].label)));
  return section(words.name(PLACE), words.number(rows.length),
    h("ul", { class: "chips" }, rows.slice(0, PLACES).map(chip)));
}

// What is said of each year, as bars; all of them open the timeline.
function years(app) {
  const { words } = app;
  const { years: counts } = datedOf(app.model, noFilters());
  const span = spanOf([...counts.keys()], 1).slice(-YEARS);
  if (span.length === 0) return null;
  const most = Math.max(...counts.values());
  const bar = (year, at) => {
    const high = counts.has(year) ? Math.max(1.5, (counts.get(year) / most) * HIGH) : 0;
    return draw("rect", { x: at * 10 + 1, y: HIGH - high, width: 8, height: high });
  };
  const range = words.t("range", { from: span[0], to: span.at(-1) });
  return section(words.t("years"), range, press("spark", () => app.turn("timeline"),
    { "data-do": "timeline", "aria-label": `${words.t("timeline")} ${range}`, title: words.t("timeline") },
    draw("svg", { viewBox: `0 0 ${span.length * 10} ${HIGH}`, preserveAspectRatio: "none", "aria-hidden": "true" },
      span.map(bar))));
}

// The metrics that most places state; each opens its comparison.
function metrics(app) {
  const { words } = app;
  app.places.start ??= metricsOf(app.model, noFilters());
  const found = app.places.start;
  if (found.length === 0) return null;
  const compare = (metric) => () => {
    app.state.compare = { metric, alike: false, unit: null };
    app.turn("compare");
  };
  const item = ({ metric, places: where, figures }) => h("li", { title: metric },
    press("name", compare(metric), { "data-do": "compare" }, han(metric)),
    countOf([words.counted("in_places", where.size), words.counted("in_figures", figures)].join(" · ")));
  return section(words.t("metrics"), words.number(found.length),
    h("ul", { class: "items names" }, found.slice(0, EACH).map(item)));
}
