// The selection → the panel beside the picture: an entity, a relation, a figure, a document or a metric.

import { attributesOf } from "./attributes.js";
import { fillWith, glyph, h, han, press } from "./dom.js";
import { evidenceList } from "./evidence.js";
import { figureTitle } from "./figures.js";
import { intended, other } from "./model.js";
import { facts, figureList, listed, mentionList, relationLists, tagOf } from "./sections.js";
import { documentName, nameOf, plain, sentenceOf } from "./sentences.js";
import { compareButton, rivalList } from "./rivals.js";
import { pathPanel } from "./paths.js";
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
  const path = selected === null ? app.state.path : null;
  element.classList.toggle("idle", selected === null && path === null);
  if (selected !== null || path !== null) element.classList.remove("open");
  if (path !== null) fillWith(element, pathPanel(app, path));
  else if (selected === null) fillWith(element,
    press("close only-narrow", () => app.begin(false), { "aria-label": app.words.t("close") }, "×"), start(app));
  else
    fillWith(
      element,
      press("close", () => app.choose(null), { "aria-label": app.words.t("close") }, "×"),
      KINDS[selected.kind](app, selected.row),
    );
  const shown = JSON.stringify([selected, path?.rows]);
  if (element.dataset.shown !== shown) element.scrollTop = 0;
  element.dataset.shown = shown;
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
  const entity = model.entities[row];
  const { type, label, look, owner, aliases, figures, mentioned } = entity;
  const others = aliases.filter((alias) => alias !== label);
  return [
    kicker(glyph(look), words.name(type)),
    title(label),
    facts([
      [words.t("owner"), owner && han(owner)],
      [words.t("aliases"), others.length > 0 ? others.map((alias) => han(alias, "chip")) : null],
      ...attributesOf(app, entity),
    ]),
    actions(app, row),
    relationLists(app, row),
    figureList(app, figures),
    mentionList(app, mentioned),
  ];
}

// What can be done with an entity: see what is around it, more or less of that, and the way to another one.
function actions(app, row) {
  const { words, scene, state } = app;
  const opened = state.opened.has(row);
  const there = scene.nodes.includes(row) && state.centre !== null;
  const turn = () => {
    const next = new Set(state.opened);
    if (!next.delete(row)) next.add(row);
    app.look({ opened: next });
  };
  const { missed } = app;
  return [
    h(
      "p",
      { class: "actions" },
      press(
        "button",
        () => app.open(row),
        { disabled: state.centre === row, "data-do": "surroundings" },
        words.t("surroundings"),
      ),
      there && row !== state.centre
        ? press(
            "button",
            turn,
            { "data-do": "expand", "aria-expanded": String(opened) },
            words.t(opened ? "collapse" : "expand"),
          )
        : null,
      press(
        "button",
        () => app.ask(row),
        { "data-do": "path", "aria-pressed": String(app.from === row) },
        words.t("path_to"),
      ),
    ),
    app.from === row ? h("p", { class: "note" }, words.t("path_ask")) : null,
    missed === null
      ? null
      : h(
          "p",
          { class: "note" },
          words.t("no_path", { a: app.model.entities[row].label, b: app.model.entities[missed].label }),
        ),
  ];
}

function relationPanel(app, row) {
  const { words, model } = app;
  const relation = model.relations[row];
  const { subject, predicate, role, status, evidence } = relation;
  const end = other(relation, subject);
  const beside = model.entities[subject].relations
    .map((number) => model.relations[number])
    .filter((one) => one.row !== row && other(one, subject) === end);
  const name = (entity, side) => nameOf(app, entity, `name ${side}`);
  const open = (one) => () => app.choose({ kind: "relation", row: one.row });
  const others = beside.map((one) => h("li", null, press("sentence", open(one), null, han(plain(app, one)))));
  return [
    kicker(words.t("relation"), " · ", words.name(predicate)),
    h("h2", { class: "title sentence-title", tabindex: "-1" }, sentenceOf(app, relation, name),
      intended(relation) ? tagOf(app, status) : null),
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
      [
        words.t("metric"),
        [
          press("link", () => app.choose({ kind: "metric", row: metric }), null, han(metric)),
          compareButton(app, metric),
        ],
      ],
      [words.t("phrase"), figure.phrase === metric ? null : han(figure.phrase)],
      [words.t("of"), figure.subject.map((end) => (end >= 0 ? nameOf(app, end) : documentName(app, figure.doc)))],
      [words.t("period"), period(words, figure.period) || words.t("unstated")],
      [words.t("status"), words.value(figure.status)],
      [words.t("bound"), words.value(figure.bound)],
    ]),
    rivalList(app, figure),
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
  const figures = app.model.figures.filter((figure) => figure.metric === metric);
  const others = [...new Set(figures.map(({ phrase }) => phrase))].filter((phrase) => phrase !== metric);
  return [
    kicker(app.words.t("metric")),
    title(metric),
    h("p", { class: "actions" }, compareButton(app, metric)),
    facts([[app.words.t("aliases"), others.length > 0 ? others.map((phrase) => han(phrase, "chip")) : null]]),
    figureList(
      app,
      figures.map(({ row }) => row),
    ),
  ];
}
