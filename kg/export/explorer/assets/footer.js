// The foot of the page: that a machine has read, what, how new, and by which version.

import { fillWith, glyph, h } from "./dom.js";

const DATE = /^\d{4}(-\d\d){0,2}$/;

export function showFooter({ words, facts, model }, element) {
  const newest = model.documents.map(({ date }) => date ?? "").filter((date) => DATE.test(date)).sort().at(-1);
  fillWith(element,
    h("span", { class: "legend-of-types" }, [...model.looks]
      .map(([name, look]) => h("span", null, glyph(look), " ", words.className(name)))), // on paper only
    h("span", { class: "warning" }, words.t("machine")),
    h("span", null, words.counted("corpus", model.documents.length)),
    newest ? h("span", null, words.t("newest", { date: newest })) : null,
    h("span", null, `policy-kg ${facts.version}`),
    h("span", { class: "hash", title: words.t("fingerprint") }, model.corpus));
}
