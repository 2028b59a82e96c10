// Figures as people read them: the wording of the document, of whom, when, and whether it is a target.

import { h, han, press } from "./dom.js";
import { titleOf } from "./sentences.js";
import { period } from "./words.js";

export function figureTitle(app, figure) {
  return h("h2", { class: "title figure-title", tabindex: "-1", lang: "zh-CN" },
    h("span", { class: "amount" }, figure.text), h("span", { class: "of" }, figure.metric));
}

// Of whom the figure is, best first; of a whole document, its title.
export function subjectsOf({ model }, figure) {
  return figure.subject.map((row) => {
    if (row >= 0) return model.entities[row].label;
    return figure.doc === null ? "" : titleOf(model, figure.doc);
  });
}

export function figureRow(app, figure) {
  const { words } = app;
  const status = figure.status === "actual" ? "" : words.value(figure.status);
  const about = [subjectsOf(app, figure)[0], period(words, figure.period), status].filter(Boolean).join(" · ");
  return h("li", null,
    press("sentence figure", () => app.choose({ kind: "figure", row: figure.row }), null,
      h("span", { class: "amount", lang: "zh-CN" }, figure.text),
      h("span", { class: "what" }, han(figure.metric), h("span", { class: "times" }, about))));
}
