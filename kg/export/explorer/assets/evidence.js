// Evidence → the sentence in its surroundings, subject and object marked, and where it was printed.

import { countOf, h, han } from "./dom.js";
import { newestFirst } from "./evidences.js";
import { passageOf } from "./passages.js";
import { documentName } from "./sentences.js";
import { pieces, spansOf } from "./text.js";

// Every evidence of a relation or figure, newest first. `names`: what the two kinds of marks stand for.
export function evidenceList(app, evidence, names) {
  const { words, model } = app;
  const mark = (name, look) => h("span", { class: `mark ${look}` }, words.t(name));
  return h("section", { class: "evidence" },
    h("h3", null, words.t("evidence"), countOf(words.number(evidence.length))),
    h("p", { class: "legend" }, mark(names[0], "subject"), mark(names[1], "object")),
    h("ol", { class: "sources" }, newestFirst(model, evidence).map((item) => source(app, item))));
}

function source(app, [passage, antecedent, confidence, component, subjects, objects]) {
  const spans = [...spansOf(subjects, "subject"), ...spansOf(objects, "object")];
  const { doc } = passageOf(app.model, passage);
  const note = h("p", { class: "note" }, app.words.t("antecedent"));
  const earlier = antecedent < 0 ? null : h("div", { class: "antecedent" }, note, quote(app, antecedent, null));
  return h("li", { class: "source" }, earlier, quote(app, passage, spans), printed(app, doc, confidence, component));
}

// The quote between what stands before and after it; without spans all of it is marked as the subject.
function quote(app, row, spans) {
  const passage = passageOf(app.model, row);
  const whole = [{ text: passage.text, names: ["subject"] }];
  const cut = (yes) => (yes ? h("span", { class: "cut", "aria-hidden": "true" }, "…") : null);
  return h("blockquote", { lang: "zh-CN" },
    cut(passage.cutBefore), h("span", { class: "around" }, passage.before),
    h("span", { class: "quote" }, (spans === null ? whole : pieces(passage.text, spans)).map(piece)),
    h("span", { class: "around" }, passage.after), cut(passage.cutAfter));
}

function piece({ text, names }) {
  return names.length === 0 ? text : h("mark", { class: `mark ${names.join(" ")}` }, text);
}

function printed(app, row, confidence, component) {
  const { t } = app.words;
  const { publisher, number, date } = app.model.documents[row];
  const known = [
    publisher && han(publisher),
    number && han(number),
    date ? h("time", { datetime: date }, date) : h("span", null, t("undated")),
    h("span", { title: component }, t("confidence", { n: confidence.toFixed(2) })),
  ];
  return h("p", { class: "printed" }, documentName(app, row), h("span", { class: "facts" }, known.filter(Boolean)));
}
