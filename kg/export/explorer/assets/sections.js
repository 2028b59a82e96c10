// What the panel is made of: facts, headed lists that unfold, relations as sentences, figures, documents.

import { countOf, glyph, h, han, press } from "./dom.js";
import { figureRow } from "./figures.js";
import { intended, other } from "./model.js";
import { documentName, sentenceOf } from "./sentences.js";
import { period } from "./words.js";

const FEW = 8; // items of a list before the rest is asked for

// Names and values, [name, value] each; those without a value are left out.
export function facts(pairs) {
  const shown = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "");
  if (shown.length === 0) return null;
  return h("dl", { class: "facts-list" },
    shown.map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value))));
}

// A list under its heading, with the number of its items: the first ones, and a button for the others.
export function listed(app, heading, items) {
  if (items.length === 0) return null;
  const list = h("ul", { class: "items" }, items.slice(0, FEW));
  const more = press("more", () => {
    more.remove();
    list.append(...items.slice(FEW));
    items[FEW].querySelector("button")?.focus();
  }, null, app.words.counted("more", items.length - FEW));
  return h("section", { class: "group" },
    h("h3", null, heading, countOf(app.words.number(items.length))), list, items.length > FEW ? more : null);
}

// Relations of an entity by predicate and direction, what it does first.
export function relationLists(app, row) {
  const groups = new Map();
  for (const number of app.model.entities[row].relations) {
    const relation = app.model.relations[number];
    const key = `${relation.subject === row ? 0 : 1} ${relation.predicate}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(relation);
  }
  if (groups.size === 0) return h("p", { class: "note" }, app.words.t("unrelated"));
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, found]) => {
    const { predicate } = found[0];
    const heading = key.startsWith("0") ? app.words.name(predicate) : app.words.incoming(predicate);
    return listed(app, heading, found.map((relation) => sentenceRow(app, relation, row)));
  });
}

// A relation as a sentence that opens its evidence, and a way to the entity at its other end.
function sentenceRow(app, relation, self) {
  const end = other(relation, self);
  const { label, look } = app.model.entities[end];
  const show = (row) => han(app.model.entities[row].label, row === self ? "self" : "other");
  const go = app.words.t("go", { name: label });
  return h("li", null,
    press("sentence", () => app.choose({ kind: "relation", row: relation.row }), null,
      sentenceOf(app, relation, show), qualifiers(app, relation)),
    press("go", () => app.choose({ kind: "entity", row: end }), { "aria-label": go, title: go },
      glyph(look)));
}

// What restricts a relation; that it is not done yet, as a tag.
function qualifiers(app, { period: when, role, status }) {
  const { words } = app;
  const shown = [period(words, when), role && words.value(role)].filter(Boolean);
  return [intended({ status }) ? tagOf(app, status) : null,
    shown.length > 0 ? h("span", { class: "times" }, shown.join(" · ")) : null];
}

export function tagOf({ words }, status) {
  return h("span", { class: "tag" }, words.value(status));
}

export function figureList(app, rows) {
  return listed(app, app.words.t("figures"), rows.map((row) => figureRow(app, app.model.figures[row])));
}

// The documents that name an entity, and how often.
export function mentionList(app, mentioned) {
  const items = [];
  for (let at = 0; at < mentioned.length; at += 2) {
    const times = app.words.counted("times", mentioned[at + 1]);
    items.push(h("li", { class: "mention" }, documentName(app, mentioned[at]), countOf(times)));
  }
  return listed(app, app.words.t("documents"), items);
}
