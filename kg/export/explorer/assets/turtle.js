// What is in view → Turtle, with the same names as graph.ttl has; the evidence stands there.

const PREFIXES = {
  kg: "https://w3id.org/policy-kg/ontology#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
};
const LOCAL = /^[A-Za-z][A-Za-z0-9]*$/;
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;
const FORBIDDEN = new RegExp([
  "[^A-Za-z0-9._~!$&'()*+,;=:@/\\-\\u00a0-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\uffef",
  "\\u{10000}-\\u{1fffd}\\u{20000}-\\u{2fffd}\\u{30000}-\\u{3fffd}\\u{e1000}-\\u{efffd}]",
  "|[\\s\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff]",
].join(""), "gu");

const literal = (text) =>
  `"${text.replace(/\p{Cs}/gu, "\ufffd").replace(/["\\\n\r\t\b\f]/g, (mark) => ESCAPES[mark])}"`;
const ESCAPES = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f" };

// `base`: what all ids begin with.
export function turtleOf(model, { nodes, edges, figures }, base = model.base) {
  const iri = (id) => `<${base}${pathOf(id)}>`;
  const term = (name) => (LOCAL.test(name) ? `kg:${name}` : `<${PREFIXES.kg}${pathOf(name)}>`);
  const heads = Object.entries(PREFIXES).map(([name, address]) => `@prefix ${name}: <${address}> .`);
  const entities = nodes.map((row) => {
    const { id, type, name } = model.entities[row];
    return `${iri(id)} a ${term(type)} ; rdfs:label ${literal(name)} .`;
  });
  const relations = edges.map((row) => {
    const { subject, predicate, object } = model.relations[row];
    return `${iri(model.entities[subject].id)} ${term(predicate)} ${iri(model.entities[object].id)} .`;
  });
  return [...heads, "", ...entities, ...relations, ...figures.map((row) => figureOf(model, row, iri, term)), ""].join(
    "\n",
  );
}

function figureOf(model, row, iri, term) {
  const { id, measure, value, upper, unit, bound, text, subject, period, status, doc } = model.figures[row];
  const of =
    subject[0] >= 0 ? model.entities[subject[0]].id : doc === null ? null : `document/${model.documents[doc].doc}`;
  const facts = [
    "a kg:Figure",
    `kg:metric ${iri(measure).replaceAll("%2525", "%25").replaceAll("%252F", "%2F")}`,
    `kg:value ${decimal(value)}`,
    upper === null ? null : `kg:upper ${decimal(upper)}`,
    `kg:unit ${literal(unit)}`,
    `kg:bound ${term(`bound-${bound}`)}`,
    `kg:status ${term(`status-${status}`)}`,
    `kg:wording ${literal(text)}`,
    period ? `kg:period ${literal(period)}` : null,
    of === null ? null : `kg:subject ${iri(of)}`,
  ];
  return `${iri(id)} ${facts.filter(Boolean).join(" ; ")} .`;
}

function decimal(value) {
  return `"${value}"^^<http://www.w3.org/2001/XMLSchema#decimal>`;
}

// As characters.py writes ids: what RFC 3987 forbids, or takes for query or fragment, and blanks are %-encoded.
export function pathOf(id) {
  const encoded = id
    .replace(ILLEGAL, "\ufffd")
    .replace(FORBIDDEN, (char) =>
      Array.from(
        new TextEncoder().encode(char),
        (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
      ).join(""),
    );
  return encoded.replace(/(?<=\/)\.{1,2}(?=\/|$)/g, (dots) => dots.replaceAll(".", "%2E"));
}
