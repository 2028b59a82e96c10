// A comparison as a chart: a row for each place, a mark for each value on one scale, years written beside the marks.

import { draw } from "./dom.js";
import { trendsOf } from "./measures.js";
import { ticksOf } from "./scale.js";
import { short } from "./text.js";

const ROW = 30; // pixels from one place to the next
const HEAD = 30;
const FOOT = 30;
const END = 46; // pixels right of the scale, for years and arrows
const MARK = 5.5;

export function chartOf(app, { rows, years, unit }, width) {
  const { model, words } = app;
  const narrow = width < 520;
  const left = narrow ? 96 : 168;
  const figures = rows.flatMap(({ cells }) => [...cells.values()].flat()).map((row) => model.figures[row]);
  const numbers = figures.flatMap(({ value, upper }) => [Number(value), ...(upper === null ? [] : [Number(upper)])]);
  const ticks = ticksOf(Math.min(...numbers), Math.max(...numbers), narrow ? 3 : 6);
  const [low, high] = [ticks[0], ticks.at(-1)];
  const x = (value) => left + ((value - low) / (high - low || 1)) * (width - left - END);
  const height = HEAD + rows.length * ROW + FOOT;
  const lines = ticks.map((tick) => [
    draw("line", { x1: x(tick), x2: x(tick), y1: HEAD - 8, y2: height - FOOT + 4, class: "grid" }),
    [HEAD - 14, height - FOOT + 20].map((y) => draw("text", { x: x(tick), y, class: "tick", "text-anchor": "middle" },
      short(words.round(tick) + (narrow ? "" : unit), 14))),
  ]);
  const label = words.t("chart_label", { name: app.state.compare.metric, n: words.number(rows.length) });
  return draw(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label },
    lines,
    rows.map((row, at) => line(app, row, { y: HEAD + at * ROW + ROW / 2, x, left, narrow, years })),
  );
}

function line(app, { place, cells }, { y, x, left, narrow, years }) {
  const found = [...cells.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, rows]) => rows)
    .map((row) => app.model.figures[row]);
  const taken = [];
  return draw(
    "g",
    null,
    draw(
      "text",
      { x: left - 12, y: y + 4, "text-anchor": "end", class: "place", lang: "zh-CN" },
      short(app.model.entities[place].label, narrow ? 6 : 11),
    ),
    draw("line", { x1: left, x2: left, y1: y - ROW / 2, y2: y + ROW / 2, class: "axis" }),
    trendsOf(found).map(([from, to]) =>
      draw("line", { x1: x(Number(from.value)), x2: x(Number(to.value)), y1: y, y2: y, class: "trend" })),
    found.map((figure) => mark(app, figure, { y, x, taken, last: figure.year === years.filter(Boolean).at(-1) })),
  );
}

// The mark of a value: its shape says whether it is a result, an arrow that it is a bound, a bar that it is a range.
function mark(app, figure, { y, x, taken, last }) {
  const { value, upper, bound, status, year, text, metric, row } = figure;
  const at = x(Number(value));
  const click = () => app.choose({ kind: "figure", row });
  const aside = bound === "over" ? 1 : bound === "under" ? -1 : 0;
  const free = !taken.some((other) => Math.abs(other - at) < 30);
  if (free) taken.push(at);
  return draw(
    "g",
    { class: `mark-of ${status === "actual" ? "result" : status}${last ? " last" : ""}`, click, "data-figure": row },
    draw("title", null, [metric, text, year, app.words.value(status)].filter(Boolean).join(" ")),
    draw("rect", { x: at - 13, y: y - 13, width: 26, height: 26, class: "hit" }),
    upper === null ? null : draw("line", { x1: at, x2: x(Number(upper)), y1: y, y2: y, class: "range" }),
    aside === 0
      ? null
      : draw("path", {
          d: `M${at} ${y}h${aside * 17}m${-aside * 5} -4l${aside * 5} 4l${-aside * 5} 4`,
          class: "bound",
        }),
    bound === "about" ? draw("path", { d: `M${at - 8} ${y + 10}q4 -4 8 0t8 0`, class: "bound" }) : null,
    draw("path", { d: shapeOf(status, at, y), class: "dot" }),
    free && year !== "" ? draw("text", { x: at, y: y - 8, class: "year", "text-anchor": "middle" }, year) : null,
  );
}

function shapeOf(status, x, y) {
  const r = MARK;
  if (status === "target")
    return `M${x} ${y - r - 1.5}l${r + 1.5} ${r + 1.5}l${-r - 1.5} ${r + 1.5}l${-r - 1.5} ${-r - 1.5}z`;
  if (status === "baseline") return `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`;
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
}
