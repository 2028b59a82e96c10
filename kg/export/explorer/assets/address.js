// What is looked at ↔ the part of the page's address after #, by ids, so that a link also serves a newer build.
// An address comes from outside: what it names and is not there is left out, and nothing of it is shown as markup.

import { FACETS, noFilters } from "./facets.js";

const ROWS = { bodies: "entities", places: "entities", documents: "documents" }; // facets whose values are rows
const LONGEST = 20000; // characters of an address that are read at most

export function freshState() {
  return {
    centre: null,
    steps: 1,
    opened: new Set(),
    whole: false,
    part: null,
    path: null,
    filters: noFilters(),
    selected: null,
    tab: "picture",
    compare: { metric: null, alike: false, unit: null },
    camera: null,
  };
}

// An index of a model's ids: entities, documents, figures and relations by id, metrics and types by name.
export function namesOf(model) {
  const by = (list, key) => {
    const found = new Map();
    for (const record of list) if (!found.has(key(record))) found.set(key(record), record.row);
    return found;
  };
  return {
    entities: by(model.entities, ({ id }) => id),
    documents: by(model.documents, ({ doc }) => doc),
    figures: by(model.figures, ({ id }) => id),
    relations: by(model.relations, ({ key }) => key),
    metrics: new Set(model.figures.map(({ metric }) => metric)),
  };
}

const idOf = {
  entity: (model, row) => model.entities[row].id,
  relation: (model, row) => model.relations[row].key,
  figure: (model, row) => model.figures[row].id,
  document: (model, row) => model.documents[row].doc,
  metric: (model, row) => row,
};

export function written(model, state) {
  const found = new URLSearchParams();
  const put = (key, value) => {
    if (value !== null && value !== "" && value !== false) found.append(key, String(value));
  };
  const id = (row) => (row === null ? null : model.entities[row].id);
  put("centre", id(state.centre));
  put("steps", state.steps > 1 ? state.steps : null);
  for (const row of state.opened) put("open", id(row));
  put("all", state.whole ? 1 : null);
  put("part", state.part);
  if (state.path !== null) for (const row of [state.path.rows[0], state.path.rows.at(-1)]) put("path", id(row));
  for (const name of FACETS)
    for (const value of state.filters[name])
      put(name, name in ROWS ? rowId(model, name, value) : value === "" ? "-" : value);
  if (state.selected !== null)
    put("pick", `${state.selected.kind} ${idOf[state.selected.kind](model, state.selected.row)}`);
  put("tab", state.tab === "picture" ? null : state.tab);
  put("metric", state.compare.metric);
  put("alike", state.compare.alike ? 1 : null);
  put("unit", state.compare.unit);
  put("camera", state.camera === null ? null : state.camera.map((number) => Number(number.toFixed(3))).join(" "));
  return found.toString();
}

function rowId(model, name, row) {
  return name === "documents" ? model.documents[row].doc : model.entities[row].id;
}

// The state that an address names. `names`: of namesOf; `tabs`: those there are; `walk(from, to)`: a path or null.
export function readState(text, model, names, { tabs, walk }) {
  const state = freshState();
  const given = new URLSearchParams(text.slice(0, LONGEST));
  const entity = (key) => names.entities.get(given.get(key)) ?? null;
  state.centre = entity("centre");
  state.steps = Math.min(3, Math.max(1, Number.parseInt(given.get("steps") ?? "1", 10) || 1));
  state.opened = new Set(
    given
      .getAll("open")
      .map((id) => names.entities.get(id))
      .filter((row) => row !== undefined),
  );
  state.whole = given.get("all") === "1";
  const part = Number.parseInt(given.get("part") ?? "", 10);
  state.part = part >= 0 && part < model.communities.length ? part : null;
  const ends = given.getAll("path").map((id) => names.entities.get(id));
  if (ends.length === 2 && !ends.includes(undefined)) state.path = walk(...ends);
  for (const name of FACETS)
    state.filters[name] = new Set(
      given
        .getAll(name)
        .map((value) => valueOf(name, value, names))
        .filter((value) => value !== undefined),
    );
  state.selected = selectedOf(given.get("pick") ?? "", names);
  state.tab = tabs.includes(given.get("tab")) ? given.get("tab") : "picture";
  const metric = given.get("metric");
  state.compare = {
    metric: names.metrics.has(metric) ? metric : null,
    alike: given.get("alike") === "1",
    unit: given.get("unit"),
  };
  const camera = (given.get("camera") ?? "").split(" ").map(Number);
  state.camera =
    camera.length === 3 && camera.every(Number.isFinite) && camera[2] > 0.001 && camera[2] <= 6 ? camera : null;
  return state;
}

function valueOf(name, value, names) {
  if (name in ROWS) return names[ROWS[name]].get(value);
  if (name === "sureness") return /^[0-3]$/.test(value) ? Number(value) : undefined;
  return name === "years" && value === "-" ? "" : value;
}

function selectedOf(text, names) {
  const at = text.indexOf(" ");
  const [kind, id] = [text.slice(0, at), text.slice(at + 1)];
  if (kind === "metric") return names.metrics.has(id) ? { kind, row: id } : null;
  const index = {
    entity: names.entities,
    relation: names.relations,
    figure: names.figures,
    document: names.documents,
  };
  const row = Object.hasOwn(index, kind) ? index[kind].get(id) : undefined;
  return row === undefined ? null : { kind, row };
}
