// The selection → the panel beside the picture: an entity, a relation, a figure, a document or a metric.

import { fillWith, glyph, h, han, press, valueOf } from "./dom.js";
import { evidenceList } from "./evidence.js";
import { figureTitle } from "./figures.js";
import { other } from "./model.js";
import { facts, figureList, listed, mentionList, relationLists } from "./sections.js";
import { documentName, nameOf, plain, sentenceOf } from "./sentences.js";
import { start } from "./start.js";
import { period } from "./words.js";

const KINDS = {
  entity: entityPanel,
  relation: relationPanel,
  figure: figurePanel,
  document: documentPanel,
  metric: metricPanel,
};

export function showPanel(app, element) {
  const { selected } = app.state;
  const held = element.contains(document.activeElement);
  element.classList.toggle("idle", selected === null);
  if (selected === null) fillWith(element, start(app));
  else fillWith(element, press("close", () => app.choose(null), { "aria-label": app.words.t("close") }, "×"),
    KINDS[selected.kind](app, selected.row));
  element.scrollTop = 0;
  if (held) element.querySelector(".title").focus();
}

function kicker(...parts) {
  return h("p", { class: "kicker" }, parts);
}

function title(text) {
  return h("h2", { lang: "zh-CN", tabindex: "-1", class: "title han" }, text);
}

function entityPanel(app, row) {
  const { words, model } = app;
  const { type, kind, label, owner, aliases, attributes, figures, mentioned } = model.entities[row];
  return [
    kicker(glyph(model.looks.get(type)), [words.name(type), kind && words.value(kind)].filter(Boolean).join(" · ")),
    title(label),
    facts([
      [words.t("owner"), owner && han(owner)],
      [words.t("aliases"), aliases.length > 0 ? aliases.map((alias) => han(alias, "chip")) : null],
      ...attributes.map(([name, value]) => [words.name(name), valueOf(words.value(`${name}-${value}`, value))]),
    ]),
    h("p", { class: "actions" },
      press("button", () => app.open(row), { disabled: app.state.centre === row }, words.t("surroundings"))),
    relationLists(app, row),
    figureList(app, figures),
    mentionList(app, mentioned),
  ];
}

function relationPanel(app, row) {
  const { words, model } = app;
  const relation = model.relations[row];
  const { subject, predicate, role, status, evidence } = relation;
  const end = other(relation, subject);
  const beside = model.entities[subject].relations.map((number) => model.relations[number])
    .filter((one) => one.row !== row && other(one, subject) === end);
  const name = (entity, side) => nameOf(app, entity, `name ${side}`);
  const open = (one) => () => app.choose({ kind: "relation", row: one.row });
  const others = beside.map((one) => h("li", null, press("sentence", open(one), null, han(plain(app, one)))));
  return [
    kicker(words.t("relation"), " · ", words.name(predicate)),
    h("h2", { class: "title sentence-title", tabindex: "-1" }, sentenceOf(app, relation, name)),
    facts([
      [words.t("period"), period(words, relation.period)],
      [words.t("role"), role && words.value(role)],
      [words.t("status"), status && words.value(status)],
    ]),
    evidenceList(app, evidence, ["subject", "object"]),
    listed(app, words.t("beside"), others),
  ];
}

function figurePanel(app, row) {
  const { words, model } = app;
  const figure = model.figures[row];
  const { metric } = figure;
  return [
    kicker(words.t("figure")),
    figureTitle(app, figure),
    facts([
      [words.t("metric"), press("link", () => app.choose({ kind: "metric", row: metric }), null, han(metric))],
      [words.t("of"), figure.subject.map((end) => (end >= 0 ? nameOf(app, end) : documentName(app, figure.doc)))],
      [words.t("period"), period(words, figure.period) || words.t("unstated")],
      [words.t("status"), words.value(figure.status)],
      [words.t("bound"), words.value(figure.bound)],
    ]),
    evidenceList(app, figure.evidence, ["subject", "wording"]),
  ];
}

function documentPanel(app, row) {
  const { words, model } = app;
  const found = model.documents[row];
  return [
    kicker(words.t("document"), found.genre ? ` · ${words.value(found.genre)}` : ""),
    title(found.title || found.doc),
    facts([
      [words.t("publisher"), found.publisher && han(found.publisher)],
      [words.t("number"), found.number && han(found.number)],
      [words.t("date"), found.date || words.t("undated")],
      [words.t("about"), found.about === null ? null : nameOf(app, found.about)],
      [words.t("file"), han(found.doc)],
    ]),
    figureList(app, found.figures),
  ];
}

function metricPanel(app, metric) {
  const rows = app.model.figures.filter((figure) => figure.metric === metric).map(({ row }) => row);
  return [kicker(app.words.t("metric")), title(metric), figureList(app, rows)];
}
