// The tab that sets places side by side on one metric: chart above, table below, every value a way to its sentence.

import { tableOf } from "./cells.js";
import { chartOf } from "./chart.js";
import { fillWith, h, press } from "./dom.js";
import { filtered } from "./facets.js";
import { catalogue } from "./catalogue.js";
import { comparisonOf, metricsOf } from "./measures.js";

const CHARTED = 24; // places a chart shows

export function showComparison(app, element, place) {
  const { metric } = app.state.compare;
  if (metric === null) place.metrics = metricsOf(app.model, app.state.filters);
  const held = element.contains(document.activeElement) ? (document.activeElement.dataset.do ?? null) : null;
  fillWith(
    element,
    metric === null
      ? catalogue(app, place, (name) => compare(app, { metric: name, unit: null }))
      : [choices(app), compared(app, element)],
  );
  if (held) element.querySelector(`[data-do="${CSS.escape(held)}"]`)?.focus();
}

function compare(app, change) {
  app.state.compare = { ...app.state.compare, ...change };
  app.tab("compare");
}

function choices(app) {
  const { words, model, state } = app;
  const { units, unit } = comparisonOf(model, state.compare, state.filters);
  const change = (event) => compare(app, { unit: event.target.value });
  const option = ([name, count]) =>
    h("option", { value: name, selected: name === unit }, `${name || words.t("no_unit")} (${words.number(count)})`);
  return h(
    "div",
    { class: "table-bar" },
    h("h2", { class: "compared", lang: "zh-CN" }, state.compare.metric),
    h(
      "div",
      { class: "buttons" },
      h(
        "label",
        { class: "option" },
        h("input", {
          type: "checkbox",
          "data-do": "alike",
          checked: state.compare.alike,
          change: (event) => compare(app, { alike: event.target.checked }),
        }),
        words.t("alike"),
      ),
      units.length > 1
        ? h(
            "label",
            { class: "option" },
            words.t("unit"),
            h("select", { "data-do": "unit", change }, units.map(option)),
          )
        : null,
      press(
        "button",
        () => compare(app, { metric: null, unit: null }),
        { "data-do": "other-metric" },
        words.t("other_metric"),
      ),
    ),
  );
}

function compared(app, element) {
  const { words, model, state } = app;
  const found = comparisonOf(model, state.compare, state.filters);
  const placed = found.total - found.unplaced;
  const facts = [
    words.t("compare_counts", {
      places: words.number(found.rows.length),
      n: words.number(placed),
      unit: found.unit || words.t("no_unit"),
    }),
    found.unplaced > 0 ? words.counted("unplaced", found.unplaced) : null,
    found.rows.length > 1 ? words.t("ranked") : null,
    found.units.length > 1 ? words.counted("other_units", found.units.length - 1) : null,
    filtered(state.filters) ? words.t("within_filters") : null,
  ];
  const note = h("p", { class: "note" }, facts.filter(Boolean).join(words.t("stop")));
  if (found.rows.length === 0)
    return h("div", { class: "scroll" }, note, h("p", { class: "note" }, words.t("nothing")));
  const wide = element.clientWidth || app.stage().width;
  const rows = found.rows.slice(0, CHARTED);
  return h(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": words.t("compare") },
    note,
    h(
      "figure",
      { class: "chart" },
      key(app, found),
      chartOf(app, { ...found, rows }, Math.max(280, Math.min(1100, wide - 34))),
    ),
    found.rows.length > CHARTED
      ? h("p", { class: "note" }, words.counted("charted", CHARTED, found.rows.length))
      : null,
    tableOf(app, found),
  );
}

// What the marks of the chart mean.
function key({ words, model }, { rows }) {
  const all = rows.flatMap(({ cells }) => [...cells.values()].flat()).map((row) => model.figures[row]);
  const used = [
    ["actual", "●"],
    ["estimate", "○"],
    ["baseline", "□"],
    ["target", "◇"],
  ].filter(([status]) => all.some((figure) => figure.status === status));
  const bounds = [
    ["over", "→"],
    ["under", "←"],
    ["about", "~"],
  ].filter(([bound]) => all.some((figure) => figure.bound === bound));
  return h(
    "figcaption",
    { class: "key" },
    [...used, ...bounds].map(([value, sign]) =>
      h("span", null, h("b", { "aria-hidden": "true" }, sign), " ", words.value(value)),
    ),
  );
}
