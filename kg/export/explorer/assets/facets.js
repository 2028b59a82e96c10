// What passes the filters, and how many each further filter would leave. Values of one facet add, facets restrict.
// Relations and figures are filtered alike; a figure has no predicate, so where predicates are chosen it shows nobody.

import { foldedOf } from "./text.js";

// `words` has no list of values: it is what a name, here of an end, a subject or a metric, must hold.
export const FACETS = ["types", "predicates", "places", "bodies", "years", "months", "documents", "sureness", "words"];

export function noFilters() {
  return Object.fromEntries(FACETS.map((name) => [name, new Set()]));
}

export function filtered(filters) {
  return FACETS.some((name) => filters[name].size > 0);
}

// Both ends of a relation must be of a chosen type or class; of all else, one of its values must be chosen.
function passes(chosen, name, values) {
  if (chosen.size === 0 || values === undefined) return true;
  if (name === "words") return [...chosen].some((part) => values().includes(part));
  const some = (those) => those.some((value) => chosen.has(value));
  return name === "types" ? values.every(some) : some(values);
}

// Whether a relation or figure passes.
export function inside(filters, { facets }) {
  return FACETS.every((name) => passes(filters[name], name, facets[name]));
}

// The rows of entities that pass: of a chosen type, and, if anything else is chosen, an end of a relation or the
// subject of a figure that passes; where only words are asked for, also what they name without any relation.
export function matching(model, filters) {
  const free = FACETS.every((name) => name === "types" || filters[name].size === 0);
  const linked = free ? null : ends(model, filters);
  const worded = FACETS.every((name) => name === "types" || name === "words" || filters[name].size === 0);
  const named = (row) => worded && passes(filters.words, "words", () => foldedOf(model.entities[row]));
  return model.order.filter(
    (row) => passes(filters.types, "types", [model.entities[row].classes])
      && (linked === null || linked.has(row) || named(row)),
  );
}

function ends(model, filters) {
  const found = new Set();
  for (const relation of model.relations) {
    if (!inside(filters, relation)) continue;
    found.add(relation.subject);
    found.add(relation.object);
  }
  if (filters.predicates.size > 0) return found;
  for (const figure of model.figures) {
    if (inside(filters, figure) && figure.subject[0] >= 0) found.add(figure.subject[0]);
  }
  return found;
}

// Of the whole graph, Maps of value → count by facet: of types the entities, of predicates the relations, of all else
// the relations and figures that would pass if that value were chosen, given what is chosen of the other facets. Every
// value is there, be it with 0.
export function counts(model, filters) {
  const found = Object.fromEntries(FACETS.map((name) => [name, new Map()]));
  for (const { classes } of model.entities) for (const name of classes) found.types.set(name, 0);
  for (const row of matching(model, { ...filters, types: new Set() })) {
    for (const name of model.entities[row].classes) add(found.types, name, 1);
  }
  for (const relation of model.relations) tally(found, filters, relation, false);
  for (const figure of model.figures) tally(found, filters, figure, filters.predicates.size > 0);
  return found;
}

// Count what is said under each of its values, unless it fails another facet or is `out` altogether.
function tally(found, filters, { facets }, out) {
  const failed = FACETS.filter((name) => !passes(filters[name], name, facets[name]));
  for (const name of FACETS) {
    if (name === "types" || name === "words") continue;
    const counted = !out && (failed.length === 0 || (failed.length === 1 && failed[0] === name));
    for (const value of facets[name] ?? []) add(found[name], value, counted ? 1 : 0);
  }
}

function add(map, key, number) {
  map.set(key, (map.get(key) ?? 0) + number);
}

// Figures of what is in view; those said of a whole document only where no part of the graph is looked at.
export function figuresInView(model, { filters }, { nodes, part }) {
  const shown = new Set(nodes);
  const open = !part && (nodes.length === model.entities.length || filtered(filters));
  const there = ({ subject }) => subject.some((row) => shown.has(row)) || (open && subject.every((row) => row < 0));
  return model.figures.filter((figure) => there(figure) && inside(filters, figure)).map(({ row }) => row);
}
