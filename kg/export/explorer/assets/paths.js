// The way between two entities, step by step, each with the sentences that show it.

import { h, press } from "./dom.js";
import { evidenceList } from "./evidence.js";
import { nameOf, sentenceOf } from "./sentences.js";

export function pathPanel(app, { rows, links }) {
  const { words } = app;
  const close = press(
    "close",
    () => app.look({ path: null, centre: rows[0] }),
    { "aria-label": words.t("close") },
    "×",
  );
  const step = (found, at) =>
    h(
      "li",
      { class: "step" },
      found.map((row) => stepOf(app, row, at + 1)),
    );
  return [
    close,
    h("p", { class: "kicker" }, words.t("path")),
    h("h2", { class: "title", tabindex: "-1" }, words.counted("path_steps", links.length)),
    h("p", { class: "ends" }, nameOf(app, rows[0]), " → ", nameOf(app, rows.at(-1))),
    h("ol", { class: "path" }, links.map(step)),
  ];
}

function stepOf(app, row, number) {
  const relation = app.model.relations[row];
  const name = (entity, side) => nameOf(app, entity, `name ${side}`);
  return [
    h(
      "h3",
      { class: "step-title" },
      h("span", { class: "count" }, app.words.number(number)),
      " ",
      sentenceOf(app, relation, name),
    ),
    evidenceList(app, relation.evidence, ["subject", "object"]),
  ];
}
