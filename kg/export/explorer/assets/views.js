// State → what is in view: rows of entities and relations, and how many could be, were all asked for.

import { filtered, inside, matching } from "./facets.js";
import { between, reached } from "./walks.js";

const MOST = 100; // entities in view before all are asked for
const NEAR = 50; // neighbours beside a centre before all are asked for

// { nodes, edges, matched, kind, part }: `kind` says how it is laid out, `part` that it is a piece of the graph only.
// Of a walk also `levels`, `parents` and `more`; of communities, which stand for all above `model.crowd` entities,
// `groups` (row → entities it stands for), `ties` between them and what is `listed` in full.
export function inView(model, state) {
  const { filters, centre, path, part, steps, opened } = state;
  if (path !== null) return along(model, filters, path);
  if (centre !== null) {
    return steps > 1 || opened.size > 0 ? walk(model, state) : around(model, filters, centre, state.whole);
  }
  if (part !== null) return within(model, filters, part, state.whole);
  return overview(model, state);
}

function overview(model, { filters, whole }) {
  const matched = matching(model, filters);
  if (whole && matched.length > model.crowd) return grouped(model, filters, matched);
  const free = !filtered(filters);
  const nodes = whole ? matched : free ? model.first.map(([row]) => row) : matched.slice(0, MOST);
  const first = nodes.length === model.first.length && free;
  const kind = first ? "first" : free || nodes.length > MOST ? "map" : "few";
  return { nodes, edges: among(model, filters, nodes), matched: matched.length, kind, part: false };
}

// Relations that pass, both ends of which are there.
function among(model, filters, nodes) {
  const shown = new Set(nodes);
  return model.relations
    .filter((relation) => shown.has(relation.subject) && shown.has(relation.object) && inside(filters, relation))
    .map(({ row }) => row);
}

// A centre, its best-linked neighbours and what links them to it.
function around(model, filters, centre, whole) {
  const rows = model.entities[centre].relations.filter((row) => between(model, filters, centre, row));
  const ends = new Set(rows.map((row) => end(model, row, centre)));
  ends.delete(centre);
  const links = (row) => model.entities[row].relations.length;
  const ranked = [...ends].sort((a, b) => links(b) - links(a) || a - b);
  const nodes = [centre, ...(whole ? ranked : ranked.slice(0, NEAR))];
  const shown = new Set(nodes);
  const edges = rows.filter((row) => shown.has(end(model, row, centre)));
  return { nodes, edges, matched: ends.size + 1, kind: "fan", part: true };
}

function end(model, row, from) {
  const { subject, object } = model.relations[row];
  return subject === from ? object : subject;
}

function walk(model, { filters, centre, steps, opened, whole }) {
  const found = reached(model, filters, centre, { steps, opened, most: whole ? Infinity : MOST });
  const nodes = [...found.levels.keys()];
  return { ...found, nodes, edges: among(model, filters, nodes), kind: "levels", part: true };
}

function along(model, filters, { rows }) {
  return { nodes: rows, edges: among(model, filters, rows), matched: rows.length, kind: "chain", part: true };
}

// One community, its best-linked entities first.
function within(model, filters, part, whole) {
  const all = matching(model, filters).filter((row) => model.entities[row].community === part);
  const first = whole || filtered(filters) ? [] : model.parts[part].map(([row]) => row);
  const nodes = whole ? all : first.length > 0 ? first : all.slice(0, MOST);
  return {
    nodes,
    edges: among(model, filters, nodes),
    matched: all.length,
    kind: first.length > 0 ? "part" : nodes.length > MOST ? "map" : "few",
    part: true,
  };
}

// All that passes, a community as one: the best-linked entity of each stands for it.
function grouped(model, filters, matched) {
  const heads = new Map();
  const groups = new Map();
  for (const row of matched) {
    const { community } = model.entities[row];
    if (!heads.has(community)) heads.set(community, row);
    const head = heads.get(community);
    groups.set(head, (groups.get(head) ?? 0) + 1);
  }
  const ties = new Set();
  const there = new Set(matched);
  for (const relation of model.relations) {
    if (!there.has(relation.subject) || !there.has(relation.object) || !inside(filters, relation)) continue;
    const [a, b] = [relation.subject, relation.object].map((row) => heads.get(model.entities[row].community));
    if (a !== b) ties.add(`${a} ${b}`);
  }
  const nodes = [...groups.keys()].sort((a, b) => groups.get(b) - groups.get(a) || a - b);
  const listed = { nodes: matched, edges: among(model, filters, matched) };
  return {
    nodes,
    edges: [],
    ties: [...ties].map((key) => key.split(" ").map(Number)),
    groups,
    listed,
    matched: matched.length,
    kind: "groups",
    part: false,
  };
}
