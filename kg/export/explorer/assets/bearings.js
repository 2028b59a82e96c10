// When, where and how surely something is said: what relations and figures are filtered, counted and compared by.

import { documentOf, newestFirst } from "./evidences.js";
import { fold, foldedOf } from "./text.js";

const DATE = /^\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?$/;
const SURE = [0.9, 0.7, 0.5]; // the least confidence of each step; below the last one, the last step

// The year, month or day that a period ends with; of an open end, the one it begins with; "" where there is none.
export function momentOf(period) {
  if (!period) return "";
  const [from, to] = period.split("/");
  const last = to === undefined || to === ".." ? from : to;
  return DATE.test(last) ? last : "";
}

export function sureness(evidence) {
  const best = Math.max(0, ...evidence.map((item) => item[2]));
  const at = SURE.findIndex((least) => best >= least);
  return at < 0 ? SURE.length : at;
}

// Adds `when` and `facets` to relations and figures; to figures also `place` and `year`, which is "" unless stated.
export function bear(model) {
  const homes = homesOf(model);
  for (const relation of model.relations) {
    const ends = [relation.subject, relation.object];
    const documents = documentsOf(model, relation.evidence);
    relation.when = momentOf(relation.period) || dateOf(model, relation.evidence);
    relation.facets = {
      types: ends.map((row) => model.entities[row].classes),
      predicates: [relation.predicate],
      words: () => namesOf(model, ends),
      bodies: ofType(model, ends, "Organisation"),
      places: [...new Set([...ofType(model, ends, "Place"), ...aboutOf(model, documents)])],
      ...common(relation, documents),
    };
  }
  for (const figure of model.figures) {
    const documents = documentsOf(model, figure.evidence);
    figure.year = momentOf(figure.period).slice(0, 4);
    figure.when = momentOf(figure.period) || dateOf(model, figure.evidence);
    figure.place = placeOf(model, figure, homes);
    const places = figure.place < 0 ? [] : [figure.place];
    const types = figure.subject
      .slice(0, 1)
      .filter((row) => row >= 0)
      .map((row) => model.entities[row].classes);
    figure.facets = {
      types,
      words: () => {
        const names = namesOf(model, figure.subject.filter((row) => row >= 0));
        return [figure.metric, figure.phrase].map(fold).concat(names).join("\n");
      },
      bodies: ofType(model, figure.subject, "Organisation"),
      places,
      ...common(figure, documents),
    };
  }
}

function common({ when, evidence }, documents) {
  return { years: [when.slice(0, 4)], months: [when.slice(0, 7)], documents, sureness: [sureness(evidence)] };
}

const namesOf = ({ entities }, rows) => rows.map((row) => foldedOf(entities[row])).join("\n");

function ofType({ entities }, rows, type) {
  return [...new Set(rows)].filter((row) => row >= 0 && entities[row].type === type);
}

function documentsOf(model, evidence) {
  return [...new Set(evidence.map((item) => documentOf(model, item)))];
}

function aboutOf(model, documents) {
  return documents.map((row) => model.documents[row].about).filter((row) => row !== null);
}

// The date of the newest document that says so.
function dateOf(model, evidence) {
  if (evidence.length === 0) return "";
  const date = model.documents[documentOf(model, newestFirst(model, evidence)[0])].date ?? "";
  return DATE.test(date) ? date : "";
}

// Body → the places over which it has jurisdiction.
function homesOf(model) {
  const homes = new Map();
  for (const { subject, predicate, object } of model.relations) {
    if (predicate !== "jurisdiction") continue;
    if (!homes.has(subject)) homes.set(subject, new Set());
    homes.get(subject).add(object);
  }
  return homes;
}

// The place a figure is of: its first subject, if that is a place; the one place that subject has jurisdiction over;
// the first further subject that is a place; what its document is about. -1: none of these.
function placeOf(model, { subject, doc }, homes) {
  const places = ofType(model, subject, "Place");
  if (places.length > 0 && places[0] === subject[0]) return places[0];
  const home = homes.get(subject[0]);
  if (home !== undefined && home.size === 1) return [...home][0];
  if (places.length > 0) return places[0];
  return doc === null ? -1 : (model.documents[doc].about ?? -1);
}
