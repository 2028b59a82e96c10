// Which entities and relations are in view, and how many each filter would leave.
// Filters of one kind add, kinds restrict.

export const MOST = 100; // entities in view before all are asked for
const NEAR = 50; // neighbours beside a centre before all are asked for

const passes = (chosen, value) => chosen.size === 0 || chosen.has(value);

// The rows of entities that pass the filters: of a chosen type, and an end of a chosen relation.
export function matching(model, filters) {
  const linked = filters.predicates.size === 0 ? null : ends(model, filters);
  return model.order.filter((row) =>
    passes(filters.types, model.entities[row].type) && (linked === null || linked.has(row)));
}

// Ends of relations that pass both filters.
function ends(model, filters) {
  const found = new Set();
  for (const relation of model.relations) {
    if (!inside(model, filters, relation)) continue;
    found.add(relation.subject);
    found.add(relation.object);
  }
  return found;
}

function inside(model, filters, relation) {
  return passes(filters.predicates, relation.predicate)
    && passes(filters.types, model.entities[relation.subject].type)
    && passes(filters.types, model.entities[relation.object].type);
}

// What is in view: rows of entities and relations; `matched`: how many could be, were all asked for.
export function inView(model, state) {
  const { filters, centre, whole } = state;
  if (centre !== null) return around(model, filters, centre, whole);
  const matched = matching(model, filters);
  const free = filters.types.size === 0 && filters.predicates.size === 0;
  const nodes = whole ? matched : free ? model.first.map(([row]) => row) : matched.slice(0, MOST);
  const shown = new Set(nodes);
  const edges = model.relations.filter((relation) =>
    shown.has(relation.subject) && shown.has(relation.object) && passes(filters.predicates, relation.predicate));
  return { nodes, edges: edges.map((relation) => relation.row), matched: matched.length };
}

// A centre, its best-linked neighbours and what links them to it.
function around(model, filters, centre, whole) {
  const rows = model.entities[centre].relations.filter((row) => {
    const { subject, predicate, object } = model.relations[row];
    const end = subject === centre ? object : subject;
    return passes(filters.predicates, predicate) && passes(filters.types, model.entities[end].type);
  });
  const near = new Set(rows.map((row) => {
    const { subject, object } = model.relations[row];
    return subject === centre ? object : subject;
  }));
  near.delete(centre);
  const links = (row) => model.entities[row].relations.length;
  const ranked = [...near].sort((a, b) => links(b) - links(a) || a - b);
  const nodes = [centre, ...(whole ? ranked : ranked.slice(0, NEAR))];
  const shown = new Set(nodes);
  const edges = rows.filter((row) => shown.has(model.relations[row].subject) && shown.has(model.relations[row].object));
  return { nodes, edges, matched: near.size + 1 };
}

// Of the whole graph: entities by type, given the relations chosen; relations by predicate, given the types chosen.
export function counts(model, filters) {
  const types = new Map();
  const predicates = new Map();
  for (const entity of model.entities) types.set(entity.type, 0);
  for (const relation of model.relations) predicates.set(relation.predicate, 0);
  for (const row of matching(model, { types: new Set(), predicates: filters.predicates })) {
    const { type } = model.entities[row];
    types.set(type, types.get(type) + 1);
  }
  const open = { types: filters.types, predicates: new Set() };
  for (const relation of model.relations) {
    if (inside(model, open, relation)) predicates.set(relation.predicate, predicates.get(relation.predicate) + 1);
  }
  return { types, predicates };
}

// Figures of what is in view; those said of a whole document only where nothing restricts the view.
export function figuresInView(model, state, nodes) {
  const shown = new Set(nodes);
  const all = state.centre === null && nodes.length === model.entities.length;
  const there = ({ subject }) => all || subject.some((row) => shown.has(row));
  return model.figures.filter(there).map(({ row }) => row);
}
