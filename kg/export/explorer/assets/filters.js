// The filters beside the picture, the first of which is its legend too: values with how many each would leave.

import { countOf, fillWith, glyph, h, han, press } from "./dom.js";
import { counts, FACETS } from "./facets.js";
import { titleOf } from "./sentences.js";
import { fold } from "./text.js";

const OPEN = ["types", "predicates"]; // facets that are open from the beginning
const FEW = 8; // values of a facet before more are asked for
const MANY = 60; // and at most, found by typing
const SURE = ["0.9–1", "0.7–0.9", "0.5–0.7", "0–0.5"];

// `kept` holds, from one showing to the next, which facets are unfolded, which show all, and what is typed in them.
export function showFilters(app, element, kept) {
  const found = counts(app.model, app.state.filters);
  const held = document.activeElement?.dataset?.facet;
  fillWith(
    element,
    [...app.state.filters.words].map((text) => worded(app, text)),
    FACETS.filter((name) => found[name].size > 0 && (name !== "months" || app.state.filters.months.size > 0)).map(
      (name) => facet(app, name, found[name], kept),
    ),
  );
  if (held) element.querySelector(`[data-facet="${CSS.escape(held)}"]`)?.focus();
}

// What names must hold, and a way to let go of it.
function worded(app, text) {
  const { words } = app;
  return h("p", { class: "worded" }, words.t("worded", { name: text }),
    press("close", () => app.filter({ words: new Set() }),
      { "data-facet": "words", "aria-label": words.t("clear") }, "×"));
}

function facet(app, name, found, kept) {
  const own = (kept[name] ??= { open: OPEN.includes(name), all: false, typed: "" });
  const chosen = app.state.filters[name];
  const values = h("div", { class: "values" });
  const fill = () => fillWith(values, valuesOf(app, name, found, own));
  const heading = app.words.t(`facet_${name}`);
  const toggle = (event) => {
    if (own.open === event.target.open) return; // the element tells of its being made, too
    own.open = event.target.open;
    if (own.open) fill();
  };
  if (own.open) fill();
  const many = found.size > 2 * FEW;
  const input = (event) => {
    own.typed = event.target.value;
    fill();
  };
  return h(
    "details",
    { class: "facet", "data-name": name, open: own.open, toggle },
    h(
      "summary",
      null,
      heading,
      chosen.size > 0 ? h("span", { class: "chosen-count" }, app.words.number(chosen.size)) : null,
    ),
    h(
      "fieldset",
      null,
      h("legend", { class: "unseen" }, heading),
      many
        ? h("input", {
            type: "search",
            class: "within",
            "aria-label": app.words.t("find_in", { name: heading }),
            placeholder: app.words.t("find_in", { name: heading }),
            "data-facet": `${name} typed`,
            value: own.typed,
            input,
          })
        : null,
      values,
    ),
  );
}

function valuesOf(app, name, found, own) {
  const chosen = app.state.filters[name];
  const typed = fold(own.typed);
  const listed = [...found].filter(([value]) => name !== "types" || app.model.types.has(value));
  const sorted = ordered(app, name, listed).filter(
    ([value]) => typed === "" || chosen.has(value) || fold(nameOf(app, name, value)).includes(typed),
  );
  const first = sorted.filter(
    ([value, count], at) => chosen.has(value) || (at < FEW && (count > 0 || sorted.length <= FEW)),
  );
  const shown = own.all || typed !== "" || sorted.length <= FEW + 2 ? sorted.slice(0, MANY) : first;
  const more = sorted.length - shown.length;
  const unfold = () => {
    own.all = true;
    app.show();
  };
  return [
    shown.map(([value, count]) => [option(app, name, value, count),
      name === "types" ? classes(app, value, found) : null]),
    more === 0
      ? null
      : own.all || typed !== ""
        ? h("p", { class: "note" }, app.words.counted("not_listed", more))
        : press("more", unfold, { "data-facet": `${name} more` }, app.words.counted("more", more)),
  ];
}

// Types as the legend has them, relations by use, years from the newest on, all else by what it would leave.
function ordered({ model }, name, values) {
  const types = [...model.types.keys()];
  const by = {
    types: ([a], [b]) => types.indexOf(a) - types.indexOf(b),
    predicates: ([a], [b]) => model.usage.get(b) - model.usage.get(a) || (a < b ? -1 : 1),
    years: ([a], [b]) => (a < b ? 1 : -1),
    months: ([a], [b]) => (a < b ? 1 : -1),
    sureness: ([a], [b]) => a - b,
  };
  return values.sort(by[name] ?? (([a, m], [b, n]) => n - m || a - b));
}

function nameOf({ model, words }, name, value) {
  if (name === "types") return words.className(value);
  if (name === "predicates") return words.name(value);
  if (name === "years" || name === "months") return value === "" ? words.t("undated") : value;
  if (name === "sureness") return SURE[value];
  return name === "documents" ? titleOf(model, value) : model.entities[value].label;
}

// The classes of a type that has several, each with its shape.
function classes(app, type, found) {
  const { types } = app.state.filters;
  const all = app.model.types.get(type).filter((name) => name !== type && (found.get(name) > 0 || types.has(name)));
  if (all.length === 0) return null;
  all.sort((a, b) => found.get(b) - found.get(a));
  return h("div", { class: "classes" }, all.map((name) => option(app, "types", name, found.get(name))));
}

// What stands for a value: of a type with several classes, the colour they share.
function markOf({ model }, name, value) {
  if (name !== "types") return null;
  const [first, ...others] = model.types.get(value) ?? [value];
  if (others.length === 0) return glyph(model.looks.get(first));
  return h("span", { class: `swatch look-${model.looks.get(first).hue}`, "aria-hidden": "true" });
}

function option(app, name, value, count) {
  const chosen = app.state.filters[name];
  const mark = markOf(app, name, value);
  const change = () => {
    const next = new Set(chosen);
    if (!next.delete(value)) next.add(value);
    app.filter({ [name]: next });
  };
  const box = { type: "checkbox", "data-facet": `${name} ${value}`, checked: chosen.has(value), change };
  const text = nameOf(app, name, value);
  const label = name === "types" || name === "predicates" ? text : han(text);
  return h(
    "label",
    { class: count === 0 && !chosen.has(value) ? "option empty" : "option" },
    h("input", box),
    mark,
    h("span", { class: "label" }, label),
    countOf(app.words.number(count)),
  );
}
