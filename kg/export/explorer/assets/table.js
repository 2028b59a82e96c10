// The rows of what is in view: entities, relations, figures; sorted by any column, a hundred a page.

import { columnsOf } from "./columns.js";
import { countOf, fillWith, h, press } from "./dom.js";
import { rowsOf } from "./rows.js";

const PAGE = 100;
const KINDS = { entities: "entity", relations: "relation", figures: "figure" };

// Rows in the order asked for; equal rows stay as they were, empty ones come last going up.
export function sorted(rows, column, down, language) {
  if (column === undefined) return rows;
  const collator = new Intl.Collator(language === "zh" ? "zh-CN" : "en", { numeric: true });
  const keyed = rows.map((row, at) => ({ row, at, value: column.value(row) }));
  const compare = column.number ? (a, b) => a.value - b.value
    : (a, b) => (a.value === "") - (b.value === "") || collator.compare(a.value, b.value);
  keyed.sort((a, b) => (down ? -compare(a, b) : compare(a, b)) || a.at - b.at);
  return keyed.map(({ row }) => row);
}

// `place` keeps what is shown and how from one showing to the next: { kind, sort, down, page, followed }.
export function showTable(app, element, place) {
  const all = rowsOf(app);
  const columns = columnsOf(app)[place.kind].filter(({ apart }) => !apart);
  const rows = sorted(all[place.kind], columns.find(({ key }) => key === place.sort), place.down, app.words.language);
  follow(app, rows, place);
  place.page = Math.max(0, Math.min(place.page, pagesOf(rows) - 1));
  const again = (changes) => {
    Object.assign(place, changes);
    showTable(app, element, place);
  };
  const held = element.contains(document.activeElement) ? document.activeElement.dataset : {};
  fillWith(element,
    h("div", { class: "table-bar" }, kinds(app, all, place, again), pager(app, rows, place, again)),
    rows.length === 0 ? h("p", { class: "note" }, app.words.t("nothing")) : grid(app, rows, columns, { place, again }));
  element.querySelector("tr.chosen")?.scrollIntoView({ block: "nearest" });
  for (const [key, value] of Object.entries(held)) {
    element.querySelector(`button[data-${key}="${CSS.escape(value)}"]`)?.focus();
  }
}

const pagesOf = (rows) => Math.max(1, Math.ceil(rows.length / PAGE));

// Turn to the page of a newly selected row.
function follow(app, rows, place) {
  const { selected } = app.state;
  if (selected === null || selected === place.followed || KINDS[place.kind] !== selected.kind) return;
  const at = rows.indexOf(selected.row);
  if (at >= 0) place.page = Math.floor(at / PAGE);
  place.followed = selected;
}

function kinds(app, all, place, again) {
  const { words, model } = app;
  return h("div", { class: "kinds", role: "group", "aria-label": words.t("rows") }, Object.keys(KINDS).map((kind) =>
    press("kind", () => again({ kind, page: 0, sort: null, down: false }),
      { "aria-pressed": String(kind === place.kind), "data-kind": kind },
      words.t(kind), countOf(words.counted("of_all", all[kind].length, model[kind].length)))));
}

function pager(app, rows, place, again) {
  const pages = pagesOf(rows);
  if (pages === 1) return null;
  const { words } = app;
  const first = place.page * PAGE;
  const turn = (key, page, sign) => press("button", () => again({ page }),
    { "data-turn": key, "aria-label": words.t(key), disabled: page < 0 || page >= pages }, sign);
  const range = `${words.number(first + 1)}–${words.number(Math.min(rows.length, first + PAGE))}`;
  return h("div", { class: "pager" },
    turn("previous", place.page - 1, "‹"), h("span", null, range), turn("next", place.page + 1, "›"));
}

function grid(app, rows, columns, { place, again }) {
  const shown = rows.slice(place.page * PAGE, place.page * PAGE + PAGE);
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": app.words.t(place.kind) },
    h("table", { "data-kind": place.kind },
      h("thead", null, h("tr", null, columns.map((column) => heading(app, column, place, again)))),
      h("tbody", null, shown.map((row) => line(app, row, columns, KINDS[place.kind])))));
}

function heading(app, { key, number }, place, again) {
  const here = place.sort === key;
  const order = here ? (place.down ? "descending" : "ascending") : null;
  const sort = () => again({ sort: key, down: here ? !place.down : Boolean(number), page: 0 });
  const sign = { ascending: "↑", descending: "↓" }[order] ?? "";
  return h("th", { scope: "col", class: number ? "number" : null, "aria-sort": order },
    press(null, sort, { "data-sort": key }, app.words.t(key),
      h("span", { class: "order", "aria-hidden": "true" }, sign)));
}

function line(app, row, columns, kind) {
  const chosen = app.state.selected?.kind === kind && app.state.selected.row === row;
  const cells = columns.map((column) => {
    const value = column.value(row);
    const content = column.show ? column.show(row) : column.number ? app.words.number(value) : value;
    if (!column.head) return h("td", { class: column.number ? "number" : column.date ? "when" : null }, content);
    const attributes = { "aria-pressed": String(chosen), "data-row": String(row) };
    return h("th", { scope: "row" }, press("row", null, attributes, content)); // the row listens
  });
  return h("tr", { class: chosen ? "chosen" : null, click: () => app.choose({ kind, row }) }, cells);
}
