// A relation as a sentence, and names that can be followed.

import { glyph, h, han, press } from "./dom.js";

// A name to follow: choosing it selects the entity.
export function nameOf(app, row, look = "name") {
  const { label, look: shape } = app.model.entities[row];
  return press(look, () => app.choose({ kind: "entity", row }), null, glyph(shape), han(label));
}

// A document by its title, chosen to see what is known of it.
export function documentName(app, row) {
  return press("link", () => app.choose({ kind: "document", row }), null, han(titleOf(app.model, row)));
}

export function titleOf(model, row) {
  const { title, doc } = model.documents[row];
  return title || doc;
}

// Subject, verb, object; `show` makes an element of each end, given its row and which end it is.
export function sentenceOf(app, relation, show) {
  const { before, between, after } = app.words.sentence(relation.predicate);
  const word = (text) => (text.trim() === "" ? text : h("span", { class: "verb" }, text));
  return [word(before), show(relation.subject, "subject"), word(between), show(relation.object, "object"), word(after)];
}

export function plain(app, relation) {
  const { before, between, after } = app.words.sentence(relation.predicate);
  const label = (row) => app.model.entities[row].label;
  return before + label(relation.subject) + between + label(relation.object) + after;
}

// What a screen reader is told of a selection.
export function spoken(app, { kind, row }) {
  const { words, model } = app;
  if (kind === "entity") {
    const { label, type, relations } = model.entities[row];
    return words.t("spoken", { name: label, type: words.name(type), n: words.number(relations.length) });
  }
  if (kind === "relation") return plain(app, model.relations[row]);
  if (kind === "figure") return `${model.figures[row].metric} ${model.figures[row].text}`;
  return kind === "document" ? titleOf(model, row) : row;
}
