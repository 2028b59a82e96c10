// A file of RDF, read by N3.js or jsonld.js → its quads as JSON: [subject, predicate, object, language, datatype, graph].
import { readFileSync } from "node:fs";
import jsonld from "jsonld";
import { Parser } from "n3";

const [path, form] = process.argv.slice(2);
const text = readFileSync(path, "utf8");
const quads = form === "jsonld" ? await jsonld.toRDF(JSON.parse(text)) : new Parser({ format: form }).parse(text);
const told = quads.map(({ subject, predicate, object, graph }) => [
  subject.value,
  predicate.value,
  object.value,
  object.language ?? "",
  object.termType === "Literal" ? object.datatype.value : "",
  graph.value,
]);
process.stdout.write(JSON.stringify(told));
