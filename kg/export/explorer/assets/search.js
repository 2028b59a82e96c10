// Words typed → entities, metrics and documents. Entities are found by names as written, by pinyin and by initials.

import { fold, foldedOf } from "./text.js";

export function indexOf(model) {
  const steps = indexing(model, Infinity);
  return steps.next().value;
}

// The same in steps of so many entities, each too short to be felt; the last one gives the index, the others null.
export function* indexing(model, many) {
  const reading = readingOf(model.pinyin);
  const entities = [];
  for (const entity of model.entities) {
    entities.push([entity.name, ...entity.aliases].map((name, at) => entry(name, reading(entity.row, at, name))));
    if (entities.length % many === 0) yield null;
  }
  const phrases = new Map(); // metric → all that it is called
  const uses = new Map();
  for (const { metric, phrase } of model.figures) {
    phrases.set(metric, (phrases.get(metric) ?? new Set([metric])).add(phrase));
    uses.set(metric, (uses.get(metric) ?? 0) + 1);
  }
  const rows = new Map(model.metrics.map(({ name }, at) => [name, model.entities.length + at]));
  const metrics = [];
  for (const metric of [...phrases.keys()].sort()) {
    const called = [...phrases.get(metric)];
    const spelt = (name, at) => (at === 0 ? reading(rows.get(metric), 0, name) : []);
    metrics.push({ metric, called, uses: uses.get(metric),
      names: called.map((name, at) => entry(name, spelt(name, at))) });
    if (metrics.length % many === 0) yield null;
  }
  yield {
    entities,
    metrics,
    documents: model.documents.map((document) => fold(document.title || document.doc)),
  };
}

// A function that spells a name, syllable by syllable.
function readingOf(pinyin) {
  const usual = new Map();
  const syllables = pinyin.read.split(" ");
  Array.from(pinyin.chars).forEach((char, at) => usual.set(char, syllables[at]));
  const apart = new Map(pinyin.except.map(([row, column, different]) => [`${row} ${column}`, different]));
  return (row, column, name) => {
    const spelt = Array.from(name, (char) => usual.get(char) ?? fold(char));
    const different = apart.get(`${row} ${column}`) ?? [];
    for (let at = 0; at < different.length; at += 2) spelt[different[at]] = different[at + 1];
    return spelt.filter((syllable) => syllable !== "");
  };
}

// `spelling` marks where syllables begin by capitals, so that "an" does not find the end of "shan".
function entry(name, spelt) {
  const spelling = spelt.map((syllable) => syllable[0].toUpperCase() + syllable.slice(1)).join("");
  return { folded: fold(name), spelling, letters: spelling.toLowerCase(), initials: spelt.map((s) => s[0]).join("") };
}

// The best entities first: whole name, beginning, within; then initials; then pinyin. Well-linked ones break ties.
export function find(model, index, typed, most = 8) {
  const wanted = fold(typed);
  if (wanted === "") return { entities: [], named: 0, metrics: [], documents: [] };
  const latin = /^[a-z0-9]+$/.test(wanted);
  const hits = [];
  index.entities.forEach((names, row) => {
    const best = bestOf(names, wanted, latin);
    if (best > 0) hits.push({ row, best, links: model.entities[row].relations.length, length: names[0].folded.length });
  });
  hits.sort((a, b) => b.best - a.best || b.links - a.links || a.length - b.length || a.row - b.row);
  const metrics = index.metrics
    .map(({ metric, names, uses }) => ({ metric, uses, best: bestOf(names, wanted, latin) }))
    .filter(({ best }) => best > 0)
    .sort((a, b) => b.best - a.best || b.uses - a.uses || a.metric.length - b.metric.length);
  const documents = model.documents.filter((_, row) => index.documents[row].includes(wanted)).map(({ row }) => row);
  const named = model.entities.filter((entity) => foldedOf(entity).includes(wanted)).length;
  return {
    entities: hits.slice(0, most).map(({ row }) => row),
    named, // entities one of whose names holds the words
    metrics: metrics.slice(0, 4).map(({ metric }) => metric),
    documents: documents.slice(0, 4),
  };
}

// The first name counts a little more than the others.
function bestOf(names, wanted, latin) {
  return names.reduce((best, name, at) => Math.max(best, score(name, wanted, latin) - (at > 0 ? 2 : 0)), 0);
}

function score(name, wanted, latin) {
  if (name.folded === wanted) return 100;
  if (name.folded.startsWith(wanted)) return 80;
  if (name.folded.includes(wanted)) return 60;
  if (!latin) return 0;
  if (name.initials === wanted) return 75;
  if (name.letters === wanted) return 74;
  if (name.letters.startsWith(wanted)) return 55;
  if (wanted.length > 1 && name.initials.startsWith(wanted)) return 50;
  if (wanted.length > 2 && name.initials.includes(wanted)) return 35;
  return wanted.length > 2 && syllable(name, wanted) ? 30 : 0;
}

function syllable(name, wanted) {
  for (let at = name.letters.indexOf(wanted); at >= 0; at = name.letters.indexOf(wanted, at + 1)) {
    if (name.spelling[at] !== name.letters[at]) return true;
  }
  return false;
}
