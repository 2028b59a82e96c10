// The columns of the three tables: the key of their heading, the value that is compared, and what is shown.

import { glyph, h, han } from "./dom.js";
import { subjectsOf } from "./figures.js";
import { documentOf, newestFirst } from "./evidences.js";
import { period } from "./words.js";

// Of each table, columns { key, value(row), show(row)?, head?, number?, date?, apart? }; `head` names the row, and one
// that is `apart` has no place of its own but in a file.
export function columnsOf(app) {
  return { entities: entityColumns(app), relations: relationColumns(app), figures: figureColumns(app) };
}

function entityColumns({ model, words }) {
  const of = (row) => model.entities[row];
  return [
    { key: "entity", value: (row) => of(row).label, show: (row) => named(model, row), head: true },
    { key: "owner", value: (row) => of(row).owner ?? "", show: (row) => (of(row).owner ? han(of(row).owner) : "") },
    { key: "type", value: (row) => words.name(of(row).type) },
    { key: "kind", value: (row) => (of(row).kind ? words.value(of(row).kind) : "") },
    { key: "relations", value: (row) => of(row).relations.length, number: true },
    { key: "figures", value: (row) => of(row).figures.length, number: true },
    { key: "documents", value: (row) => of(row).mentioned.length / 2, number: true },
  ];
}

function relationColumns({ model, words }) {
  const of = (row) => model.relations[row];
  const end = (key) => ({
    key,
    value: (row) => model.entities[of(row)[key]].label,
    show: (row) => named(model, of(row)[key]),
  });
  return [
    { ...end("subject"), head: true },
    { key: "relation", value: (row) => words.name(of(row).predicate) },
    end("object"),
    { key: "period", value: (row) => period(words, of(row).period), date: true },
    { key: "date", value: (row) => newest(model, of(row)), date: true },
    { key: "evidence", value: (row) => of(row).evidence.length, number: true },
  ];
}

function figureColumns(app) {
  const { model, words } = app;
  const of = (row) => model.figures[row];
  const phrase = (row) => (of(row).phrase === of(row).metric ? "" : of(row).phrase);
  const called = (row) =>
    (phrase(row) ? h("span", { class: "called", title: words.t("phrase") }, han(phrase(row))) : null);
  const subject = (row) => subjectsOf(app, of(row))[0] ?? "";
  return [
    { key: "metric", value: (row) => of(row).metric, show: (row) => [han(of(row).metric), called(row)], head: true },
    { key: "phrase", value: phrase, apart: true },
    { key: "of", value: subject, show: (row) => han(subject(row)) },
    { key: "amount", value: (row) => Number(of(row).value), show: (row) => han(of(row).text), number: true },
    { key: "unit", value: (row) => of(row).unit, show: (row) => han(of(row).unit) },
    { key: "period", value: (row) => period(words, of(row).period), date: true },
    { key: "status", value: (row) => words.value(of(row).status) },
    { key: "date", value: (row) => newest(model, of(row)), date: true },
  ];
}

function named(model, row) {
  const { label, look } = model.entities[row];
  return h("span", { class: "named" }, glyph(look), han(label));
}

// The date of the newest document that says so.
function newest(model, { evidence }) {
  return evidence.length === 0 ? "" : model.documents[documentOf(model, newestFirst(model, evidence)[0])].date ?? "";
}
