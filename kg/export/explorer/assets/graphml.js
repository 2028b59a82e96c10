// Entities and relations in view → GraphML, as networkx, Gephi and yEd read it.

import { documentOf, newestFirst } from "./evidences.js";
import { passageOf } from "./passages.js";
import { xml } from "./xml.js";

const NODE = ["name", "type", "kind", "owner"];
const EDGE = ["predicate", "period", "role", "status", "evidence", "document"];
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">';

export function graphmlOf(model, { nodes, edges }) {
  const keys = [...NODE.map((name) => ["node", name]), ...EDGE.map((name) => ["edge", name])].map(
    ([of, name]) => `<key id="${of}-${name}" for="${of}" attr.name="${name}" attr.type="string"/>`,
  );
  const data = (of, values) =>
    Object.entries(values)
      .filter(([, value]) => value)
      .map(([name, value]) => `<data key="${of}-${name}">${xml(value)}</data>`)
      .join("");
  const node = (row) => {
    const { id, name, type, kind, owner } = model.entities[row];
    return `<node id="${xml(id)}">${data("node", { name, type, kind, owner })}</node>`;
  };
  const edge = (row, at) => {
    const { subject, object, predicate, period, role, status, evidence } = model.relations[row];
    const [first] = newestFirst(model, evidence);
    const said =
      first === undefined
        ? {}
        : { evidence: passageOf(model, first[0]).text, document: model.documents[documentOf(model, first)].doc };
    const ends = `source="${xml(model.entities[subject].id)}" target="${xml(model.entities[object].id)}"`;
    return `<edge id="e${at + 1}" ${ends}>${data("edge", { predicate, period, role, status, ...said })}</edge>`;
  };
  return [
    HEAD,
    ...keys,
    '<graph edgedefault="directed">',
    ...nodes.map(node),
    ...edges.map(edge),
    "</graph>",
    "</graphml>",
    "",
  ].join("\n");
}
