// The line above the picture: how much of the whole is in view, and the ways to see more, less or what was before.

import { fillWith, h, han, press } from "./dom.js";

export function showBar(app, element) {
  const { words, model, state } = app;
  const { nodes, edges, matched } = app.scene;
  const filtered = state.filters.types.size + state.filters.predicates.size > 0;
  const held = element.contains(document.activeElement);
  const to = (there, key, click, text = words.t(key)) => (there
    ? press("button", click, { "data-do": key, "aria-label": words.t(key), title: words.t(key) }, text) : null);
  const centre = state.centre === null ? null : words.t("around", { name: model.entities[state.centre].label });
  fillWith(element,
    h("p", { class: "shown" },
      centre === null ? null : h("strong", null, han(centre)),
      h("span", { class: "nodes" }, words.counted("shown", nodes.length, model.entities.length)),
      h("span", { class: "edges" }, words.counted("shown_relations", edges.length, model.relations.length))),
    h("div", { class: "buttons" },
      to(app.past.length > 0, "back", () => app.back(), "←"),
      to(filtered, "clear", () => app.filter({ types: new Set(), predicates: new Set() })),
      to(state.centre !== null || state.whole, "overview", () => app.look({ centre: null, whole: false })),
      nodes.length < matched ? press("button strong", () => app.look({ whole: true }), { id: "all" },
        words.counted("all", matched)) : null));
  if (held) (element.querySelector("button") ?? document.querySelector("[role=tab][aria-selected=true]")).focus();
}
