// From an entity along relations: what is so many steps away, and the shortest way to another one.

import { inside } from "./facets.js";

const EACH = 12; // neighbours of one entity that a walk of several steps shows at first

// Whether a relation may be walked from this end: it passes, where types are chosen the far end's type alone counts.
export function between(model, filters, from, row) {
  const { subject, object, facets } = model.relations[row];
  const end = subject === from ? object : subject;
  return inside(filters, { facets: { ...facets, types: [model.entities[end].classes] } });
}

function neighbours(model, filters, from) {
  const found = new Map();
  for (const row of model.entities[from].relations) {
    if (!between(model, filters, from, row)) continue;
    const { subject, object } = model.relations[row];
    const end = subject === from ? object : subject;
    if (end !== from && !found.has(end)) found.set(end, row);
  }
  const links = (row) => model.entities[row].relations.length;
  return [...found].sort(([a], [b]) => links(b) - links(a) || a - b);
}

// What is up to `steps` away, and the neighbours of those `opened`: `levels` row → steps, `parents` row → row it was
// reached from, `more` row → neighbours not shown, `matched`: how many there would be without `most`.
export function reached(model, filters, centre, { steps, opened, most }) {
  const levels = new Map([[centre, 0]]);
  const parents = new Map();
  const more = new Map();
  const all = new Set([centre]);
  for (let at = 0, queue = [centre]; at < queue.length; at += 1) {
    const from = queue[at];
    if (levels.get(from) >= steps && !opened.has(from)) continue;
    const near = neighbours(model, filters, from);
    for (const [end] of near) all.add(end);
    const fresh = near.filter(([end]) => !levels.has(end));
    const room = from === centre || opened.has(from) || most === Infinity ? fresh.length : EACH;
    const taken = fresh.slice(0, Math.max(0, Math.min(room, most - levels.size)));
    for (const [end] of taken) {
      levels.set(end, levels.get(from) + 1);
      parents.set(end, from);
      queue.push(end);
    }
    if (fresh.length > taken.length) more.set(from, fresh.length - taken.length);
  }
  return { levels, parents, more, matched: count(model, filters, centre, { steps, opened, known: all }) };
}

// How many are within reach, whether shown or not.
function count(model, filters, centre, { steps, opened, known }) {
  const levels = new Map([[centre, 0]]);
  for (let at = 0, queue = [centre]; at < queue.length; at += 1) {
    if (levels.get(queue[at]) >= steps && !opened.has(queue[at])) continue;
    for (const [end] of neighbours(model, filters, queue[at])) {
      if (levels.has(end)) continue;
      levels.set(end, levels.get(queue[at]) + 1);
      queue.push(end);
    }
  }
  for (const row of known) levels.set(row, 0);
  return levels.size;
}

// The shortest way: `rows` of entities from one to the other and `links`, the relations of each step; null if none.
// Of several, the one over entities that come first in `order`.
export function shortest(model, filters, from, to) {
  const back = new Map([[from, null]]);
  const inner = { ...filters, types: new Set() };
  for (let at = 0, queue = [from]; at < queue.length && !back.has(to); at += 1) {
    for (const [end] of neighbours(model, inner, queue[at])) {
      if (back.has(end)) continue;
      back.set(end, queue[at]);
      queue.push(end);
    }
  }
  if (!back.has(to)) return null;
  const rows = [to];
  while (back.get(rows[0]) !== null) rows.unshift(back.get(rows[0]));
  const step = (a, b) => model.entities[a].relations.filter((row) => {
    const { subject, object } = model.relations[row];
    return (subject === a ? object === b : subject === b) && between(model, inner, a, row);
  });
  return { rows, links: rows.slice(1).map((row, at) => step(rows[at], row)) };
}
