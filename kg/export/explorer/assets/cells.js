// A comparison as a table: a row for each place, a column for each year, every value a way to its sentence.

import { h, han, press } from "./dom.js";
import { contradicts, sayingOf } from "./measures.js";
import { period } from "./words.js";

export function tableOf(app, { years, rows, unit }) {
  const { words, model } = app;
  const year = (value) => h("th", { scope: "col" }, value === "" ? words.t("unstated") : value);
  const name = (row) => press("row", () => app.choose({ kind: "entity", row }), null, han(model.entities[row].label));
  return h(
    "table",
    { class: "comparison", "aria-label": `${app.state.compare.metric} ${unit}` },
    h("thead", null, h("tr", null, h("th", { scope: "col" }, words.t("place")), years.map(year))),
    h(
      "tbody",
      null,
      rows.map(({ place, cells }) =>
        h(
          "tr",
          null,
          h("th", { scope: "row" }, name(place)),
          years.map((value) => cell(app, cells.get(value))),
        ),
      ),
    ),
  );
}

function cell(app, rows) {
  const { words, model } = app;
  if (rows === undefined) return h("td", { class: "missing" }, words.t("unmentioned"));
  const figures = rows.map((row) => model.figures[row]);
  const differ = figures.some((one) => figures.some((other) => contradicts(one, other)));
  const groups = new Map();
  for (const figure of figures) {
    const key = sayingOf(figure);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(figure);
  }
  return h("td", null, [...groups.values()].map(([first, ...others]) => [value(app, first), again(app, others)]),
    differ ? h("span", { class: "differs" }, words.t("differs")) : null);
}

// Where else the same is said.
function again(app, others) {
  const { words } = app;
  return others.map(({ row, text }, at) => press("again", () => app.choose({ kind: "figure", row }),
    { "data-do": `figure-${row}`, title: words.counted("again", at + 2),
      "aria-label": `${words.number(at + 2)} ${text} ${words.counted("again", at + 2)}` },
    words.number(at + 2)));
}

// One value as it was worded, targets and the like named; which metric, if it is called otherwise; of whom and when.
function value(app, figure) {
  const { words, model, state } = app;
  const { row, text, status, place, subject } = figure;
  const other = [figure.metric, figure.phrase].find((name) => name !== state.compare.metric);
  const of = subject[0] >= 0 && subject[0] !== place ? han(model.entities[subject[0]].label) : null;
  const when = figure.period && figure.period !== figure.year ? period(words, figure.period) : null;
  const chosen = state.selected?.kind === "figure" && state.selected.row === row;
  return press(
    `value ${status === "target" ? "target" : ""}`,
    () => app.choose({ kind: "figure", row }),
    { "data-do": `figure-${row}`, "aria-pressed": String(chosen) },
    h("span", { class: "amount", lang: "zh-CN" }, text),
    status === "actual" ? null : h("span", { class: "tag" }, words.value(status)),
    [other && han(other), of, when].filter(Boolean).map((part) => h("span", { class: "times" }, part)),
  );
}
