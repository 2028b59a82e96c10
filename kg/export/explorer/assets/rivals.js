// Of a figure, what contradicts it, side by side; and the way to its comparison over places.

import { countOf, h, han, press } from "./dom.js";
import { documentOf, newestFirst } from "./evidences.js";
import { contradicts } from "./measures.js";
import { documentName } from "./sentences.js";

export function compareButton(app, metric) {
  const open = () => {
    app.state.compare = { metric, alike: false, unit: null };
    app.turn("compare");
  };
  return press("button", open, { "data-do": "compare" }, app.words.t("compare_places"));
}

// The figure itself and those that say another amount of the same; null if there is none.
export function rivalList(app, figure) {
  const { words, model } = app;
  const others = model.figures.filter((other) => contradicts(figure, other));
  if (others.length === 0) return null;
  return h("section", { class: "group rivals" },
    h("h3", null, words.t("rivals"), countOf(words.number(others.length + 1))),
    h("ul", { class: "beside" }, [figure, ...others].map((one) => said(app, one, one === figure))));
}

function said(app, figure, here) {
  const { words, model } = app;
  const row = documentOf(model, newestFirst(model, figure.evidence)[0]);
  const { date, publisher } = row === null ? {} : model.documents[row];
  const amount = h("span", { class: "amount", lang: "zh-CN" }, figure.text);
  return h("li", { class: here ? "here" : null },
    here ? amount : press("value", () => app.choose({ kind: "figure", row: figure.row }), null, amount),
    row === null ? null : documentName(app, row),
    h("span", { class: "times" }, [publisher && han(publisher), " ", date || words.t("undated")]));
}
