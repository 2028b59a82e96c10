// The embedded data → records with rows for ids: documents, entities, relations, figures, and who is linked to what.

import { documentOf } from "./evidences.js";
import { classOf, looksOf } from "./shapes.js";

export async function read(element) {
  const text = element.textContent.trim();
  if (element.type === "application/json") return JSON.parse(text);
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

// A column is a list, or its different values (of) and where each row has them (at).
function column(stored) {
  return Array.isArray(stored) ? stored : stored.at.map((number) => stored.of[number]);
}

function records(stored, names) {
  const columns = names.map((name) => column(stored[name]));
  return columns[0].map((_, row) => {
    const record = { row };
    names.forEach((name, at) => { record[name] = columns[at][row]; });
    return record;
  });
}

export function modelOf(data, { titled, owned }) {
  const model = {
    corpus: data.corpus,
    base: data.base, // what the IRIs of all ids begin with
    documents: records(data.documents, ["doc", "title", "publisher", "date", "genre", "number", "about"]),
    entities: entitiesOf(data.entities, titled, owned),
    relations: records(data.relations, ["subject", "predicate", "object", "period", "role", "status", "evidence"]),
    metrics: records(data.metrics, ["id", "name"]),
    figures: [],
    passages: records(data.passages, ["excerpt", "start", "length"]),
    excerpts: records(data.excerpts, ["doc", "start", "text"]),
    order: data.entities.order,
    crowd: data.entities.crowd, // entities above which communities stand for them
    communities: data.entities.communities, // x and y of each
    parts: data.entities.parts, // of each community, what is seen of it first: row, x and y
    first: data.entities.first,
    pinyin: data.pinyin,
  };
  model.figures = figuresOf(data.figures, model.metrics);
  link(model);
  model.looks = looksOf(model.entities);
  for (const entity of model.entities) {
    const name = classOf(entity);
    entity.classes = name === entity.type ? [name] : [entity.type, name]; // what a filter by type goes by
    entity.look = model.looks.get(name);
  }
  model.busiest = Math.max(1, ...model.order.slice(0, 100).map((row) => model.entities[row].relations.length));
  model.types = new Map(); // type → its classes, in the order of legends
  for (const [name, { type }] of model.looks) model.types.set(type, [...(model.types.get(type) ?? []), name]);
  model.usage = new Map(); // relations by predicate
  for (const { predicate } of model.relations) model.usage.set(predicate, (model.usage.get(predicate) ?? 0) + 1);
  return model;
}

// A name that several local things have is told apart by whose they are.
function entitiesOf(stored, titled, owned) {
  const names = ["stem", "type", "kind", "name", "owner", "aliases", "attributes", "mentioned", "x", "y"];
  const community = column(stored.community);
  const uses = new Map();
  for (const name of column(stored.name)) uses.set(name, (uses.get(name) ?? 0) + 1);
  return records(stored, names).map((entity) => {
    entity.community = community[entity.row] ?? 0;
    entity.id = Array.isArray(entity.stem) ? entity.stem[0] : entity.stem + entity.name;
    const title = entity.type === "Policy" && entity.kind === "document" && !entity.name.startsWith(titled[0]);
    entity.label = title ? titled.replace("{name}", () => entity.name) : entity.name;
    if (entity.owner && uses.get(entity.name) > 1 && !entity.name.includes(entity.owner))
      entity.label = owned.replace("{name}", () => entity.label).replace("{owner}", () => entity.owner);
    entity.relations = [];
    entity.figures = [];
    return entity;
  });
}

// What a figure measures goes by the name that its phrase was put together under; `phrase` is what the document says.
function figuresOf(stored, metrics) {
  const names = ["id", "text", "value", "upper", "unit", "bound"];
  return records(stored, [...names, "measure", "phrase", "subject", "period", "status", "evidence"]).map((figure) => {
    const { id, name } = metrics[figure.measure];
    return { ...figure, measure: id, metric: name, phrase: figure.phrase ?? name };
  });
}

function link(model) {
  for (const relation of model.relations) {
    const [subject, object] = [model.entities[relation.subject], model.entities[relation.object]];
    relation.key = `${subject.id} ${relation.predicate} ${object.id}`;
    subject.relations.push(relation.row);
    if (object !== subject) object.relations.push(relation.row);
  }
  for (const document of model.documents) document.figures = [];
  for (const figure of model.figures) {
    figure.doc = documentOf(model, figure.evidence[0]);
    for (const row of figure.subject) {
      if (row >= 0) model.entities[row].figures.push(figure.row);
      else if (figure.doc !== null) model.documents[figure.doc].figures.push(figure.row);
    }
  }
}

export function other(relation, row) {
  return relation.subject === row ? relation.object : relation.subject;
}

// Whether a relation is only planned or required.
export function intended({ status }) {
  return status === "planned" || status === "required";
}
