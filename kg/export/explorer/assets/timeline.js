// The tab that shows what is said of when: a bar for each year, of the years chosen a bar for each month, and the
// statements themselves. Drawing over bars with the mouse chooses them; so do Enter and Shift with the arrows.

import { countOf, draw, fillWith, h, han, press } from "./dom.js";
import { figureRow } from "./figures.js";
import { plain } from "./sentences.js";
import { datedOf, spanOf } from "./times.js";

const HIGH = 120; // pixels of the tallest bar
const LISTED = 60; // statements that are listed
const MONTHLY = 3; // years chosen up to which months are shown

export function showTimeline(app, element, place) {
  const { words, state } = app;
  const found = datedOf(app.model, state.filters);
  const held = element.contains(document.activeElement) ? (document.activeElement.dataset.do ?? null) : null;
  const years = [...state.filters.years].filter(Boolean);
  const choose = (values) => app.filter({ years: new Set(values), months: new Set() });
  const months =
    years.length > 0 && years.length <= MONTHLY
      ? spanOf(years.map((year) => `${year}-01`).concat(years.map((year) => `${year}-12`)), 12)
      : [];
  const unclear = months.length === 0 ? 0 : found.vague(new Set(years));
  fillWith(
    element,
    h(
      "div",
      { class: "scroll choose" },
      h("h2", { class: "title" }, words.t("timeline")),
      h("p", { class: "lead" }, words.t("timeline_help")),
      bars(app, { name: "years", values: spanOf([...found.years.keys()], 1), counts: found.years, choose }),
      found.undated === 0
        ? null
        : h(
            "p",
            { class: "note undated" },
            words.counted("undated_count", found.undated),
            " ",
            press(
              "button",
              () => choose([""]),
              { "data-do": "undated", "aria-pressed": String(state.filters.years.has("")) },
              words.t("show_undated"),
            ),
          ),
      months.length === 0
        ? null
        : [
            bars(app, {
              name: "months",
              values: months,
              counts: found.months,
              choose: (values) => app.filter({ months: new Set(values) }),
            }),
            unclear === 0 ? null : h("p", { class: "note" }, words.counted("month_unstated", unclear)),
          ],
      list(app, found.listed, place),
    ),
  );
  for (const row of element.querySelectorAll(".bars")) {
    row.scrollLeft = place[row.className] ?? row.scrollWidth; // the latest first
    row.addEventListener("scroll", () => { place[row.className] = row.scrollLeft; });
  }
  if (held) element.querySelector(`[data-do="${CSS.escape(held)}"]`)?.focus();
}

// Bars for all values, those without a statement too; what is chosen of them is marked.
function bars(app, { name, values, counts, choose }) {
  const { words, state } = app;
  const most = Math.max(1, ...values.map((value) => counts.get(value) ?? 0));
  const chosen = state.filters[name];
  const brush = { from: null, over: null };
  const row = h("div", { class: `bars ${name}`, role: "group", "aria-label": words.t(name) });
  const range = (a, b) => values.slice(Math.min(a, b), Math.max(a, b) + 1);
  const paint = () =>
    [...row.children].forEach((bar, at) => {
      const inside =
        brush.from !== null && at >= Math.min(brush.from, brush.over) && at <= Math.max(brush.from, brush.over);
      bar.classList.toggle("brushed", inside);
    });
  const done = () => {
    if (brush.from === null) return;
    const picked = range(brush.from, brush.over);
    Object.assign(brush, { from: null, over: null });
    choose(picked.length === 1 && chosen.size === 1 && chosen.has(picked[0]) ? [] : picked);
  };
  const key = (event, at) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      Object.assign(brush, { from: at, over: at });
      done();
      return;
    }
    event.preventDefault();
    const next = Math.max(0, Math.min(values.length - 1, at + step));
    if (event.shiftKey) {
      const held = values.map((value, number) => (chosen.has(value) ? number : -1)).filter((number) => number >= 0);
      const anchor = held.length === 0 ? at : held[0] === at ? held.at(-1) : held[0];
      choose(range(anchor, next));
    }
    document.querySelector(`[data-do="${name} ${values[next]}"]`)?.focus();
  };
  row.append(
    ...values.map((value, at) =>
      bar(
        app,
        { name, value, count: counts.get(value) ?? 0, most, chosen },
        {
          pointerdown: (event) => {
            Object.assign(brush, { from: at, over: at });
            event.preventDefault();
            event.currentTarget.focus();
            paint();
          },
          pointerover: () => {
            if (brush.from !== null) {
              brush.over = at;
              paint();
            }
          },
          keydown: (event) => key(event, at),
        },
      ),
    ),
  );
  row.addEventListener("pointerup", done);
  row.addEventListener("pointerleave", done);
  return row;
}

function bar({ words }, { name, value, count, most, chosen }, listeners) {
  const high = count === 0 ? 0 : Math.max(2, Math.round((count / most) * HIGH));
  const text = name === "years" ? value : words.t("month", { n: Number(value.slice(5)) });
  const column = draw("svg", { viewBox: `0 0 10 ${HIGH}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    draw("rect", { x: 1, y: HIGH - high, width: 8, height: high }));
  return press("bar", null, {
    "data-do": `${name} ${value}`,
    "aria-pressed": String(chosen.has(value)),
    title: `${value} ${words.counted("statements", count)}`,
    ...listeners,
  }, h("span", { class: "bar-name" }, text), column,
  h("span", { class: "bar-count" }, count === 0 ? "" : words.number(count)));
}

// The statements of the time chosen, newest first.
function list(app, rows, place) {
  const { words, model } = app;
  const shown = rows.slice(0, place.most ?? LISTED);
  const more = press(
    "more",
    () => {
      place.most = shown.length + LISTED * 4;
      app.showTab();
    },
    { "data-do": "more" },
    words.counted("more", rows.length - shown.length),
  );
  const item = ({ kind, row, when }) => {
    const time = h("time", { class: "when", datetime: when || null }, when || words.t("undated"));
    if (kind === "figure") return h("li", null, time, figureRow(app, model.figures[row]).firstChild);
    return h(
      "li",
      null,
      time,
      press("sentence", () => app.choose({ kind, row }), null, han(plain(app, model.relations[row]))),
    );
  };
  return h(
    "section",
    { class: "group chronicle" },
    h("h3", null, words.t("statements_title"), countOf(words.number(rows.length))),
    rows.length === 0 ? h("p", { class: "note" }, words.t("nothing")) : h("ol", { class: "items" }, shown.map(item)),
    rows.length > shown.length ? more : null,
  );
}
