// What the panel says before anything is chosen: what this is, and where one could begin.

import { countOf, h } from "./dom.js";
import { nameOf } from "./sentences.js";

const EACH = 4; // entities of a type to begin with

export function start(app) {
  const { words, model } = app;
  const byType = new Map();
  for (const { row, type } of model.entities) {
    if (!byType.has(type)) byType.set(type, []);
    byType.get(type).push(row);
  }
  const counts = ["documents", "entities", "relations", "figures"].map((key) => [key, words.number(model[key].length)]);
  const types = [...byType].sort(([a], [b]) => model.looks.get(a) - model.looks.get(b));
  return h("div", { class: "start" },
    h("h2", { class: "title", tabindex: "-1" }, words.t("start")),
    h("p", { class: "lead" }, words.t("summary", Object.fromEntries(counts))),
    h("p", { class: "lead" }, words.t("help")),
    types.map(([type, rows]) => best(app, words.name(type), rows)));
}

// The entities with most relations.
function best(app, heading, rows) {
  const { words, model } = app;
  const links = (row) => model.entities[row].relations.length;
  const first = rows.sort((a, b) => links(b) - links(a) || a - b).slice(0, EACH);
  return h("section", { class: "group" },
    h("h3", null, heading, countOf(words.number(rows.length))),
    h("ul", { class: "items names" },
      first.map((row) => h("li", null, nameOf(app, row), countOf(words.counted("links", links(row)))))));
}
