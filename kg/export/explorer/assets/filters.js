// The filters beside the picture, which are its legend too: types and relations with how many each would leave.

import { countOf, fillWith, glyph, h } from "./dom.js";
import { counts } from "./facets.js";

export function showFilters(app, element) {
  const { words, model, state } = app;
  const found = counts(model, state.filters);
  const used = (name) => model.usage.get(name);
  const types = [...found.types].sort(([a], [b]) => model.looks.get(a) - model.looks.get(b));
  const predicates = [...found.predicates].sort(([a], [b]) => used(b) - used(a) || (a < b ? -1 : 1));
  const held = document.activeElement?.dataset?.facet;
  fillWith(element,
    facet(app, "types", words.t("types"), types),
    facet(app, "predicates", words.t("relations"), predicates));
  if (held) element.querySelector(`[data-facet="${CSS.escape(held)}"]`)?.focus();
}

function facet(app, name, heading, values) {
  const chosen = app.state.filters[name];
  const mark = (value) => (name === "types" ? glyph(app.model.looks.get(value)) : null);
  return h("fieldset", { class: "facet" }, h("legend", null, heading), values.map(([value, count]) =>
    h("label", { class: count === 0 && !chosen.has(value) ? "option empty" : "option" },
      checkbox(app, name, value, chosen), mark(value),
      h("span", { class: "label" }, app.words.name(value)), countOf(app.words.number(count)))));
}

function checkbox(app, name, value, chosen) {
  const change = () => {
    const next = new Set(chosen);
    if (!next.delete(value)) next.add(value);
    app.filter({ [name]: next });
  };
  return h("input", { type: "checkbox", "data-facet": `${name} ${value}`, checked: chosen.has(value), change });
}
