// What is known of an entity beside its name, each with where that was read: documents, or the list or name it is from.

import { h, press, valueOf } from "./dom.js";
import { documentName } from "./sentences.js";

const FEW = 2; // documents of a value before the others are asked for
const LISTED = "code"; // the attribute that only a list of places has: of a place with one, the level is from there too

// Pairs of name and value, as a list of facts takes them.
export function attributesOf(app, { type, kind, attributes }) {
  const { words } = app;
  const listed = attributes.some(([name]) => name === LISTED);
  const origin = type === "Place" ? (listed ? "level" : "kind") : "kind";
  return [
    [words.t("kind"), kind && [words.value(kind), note(words.origin(origin))]],
    ...attributes.map(([name, value, docs]) => [
      words.name(name),
      [valueOf(words.value(`${name}-${value}`, value)), note(words.origin(name)),
        name === LISTED ? null : documentsOf(app, docs)],
    ]),
  ];
}

function note(text) {
  return text === null ? null : h("span", { class: "stated note" }, text);
}

// The documents that a value was read in, the newest first.
function documentsOf(app, docs) {
  const { words, model } = app;
  const date = (row) => model.documents[row].date || "";
  const sorted = [...docs].sort((a, b) => (date(a) < date(b) ? 1 : date(a) > date(b) ? -1 : a - b));
  const item = (row) => h("span", { class: "stated" }, documentName(app, row));
  const rest = sorted.slice(FEW);
  const more = press("more stated", () => {
    more.replaceWith(...rest.map(item));
  }, null, words.counted("more", rest.length));
  return [sorted.slice(0, FEW).map(item), rest.length > 0 ? more : null];
}
