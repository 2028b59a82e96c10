// The line above the picture: how much of the whole is in view, and the ways to see more, less or what was before.

import { fillWith, h, han, press } from "./dom.js";
import { filtered } from "./facets.js";

const NOWHERE = { centre: null, steps: 1, opened: new Set(), part: null, path: null, whole: false };

export function showBar(app, element) {
  const held = element.contains(document.activeElement) ? (document.activeElement.dataset.do ?? "") : null;
  fillWith(
    element,
    h("p", { class: "shown", hidden: app.state.tab === "compare" || app.state.tab === "timeline" }, counted(app)),
    h("div", { class: "buttons" }, buttons(app)),
  );
  if (held === null) return;
  (
    element.querySelector(`[data-do="${CSS.escape(held)}"]`) ??
    element.querySelector("button") ??
    document.querySelector("[role=tab][aria-selected=true]")
  ).focus();
}

function counted({ words, model, state, scene, from }) {
  const name = (row) => model.entities[row].label;
  const { path, centre, part } = state;
  const rest = part !== null && part === model.communities.length - 1;
  const heading =
    from !== null
      ? words.t("path_from", { name: name(from) })
      : path !== null
        ? words.t("path_between", { a: name(path.rows[0]), b: name(path.rows.at(-1)) })
        : centre !== null
          ? words.t("around", { name: name(centre) })
          : rest
            ? words.t("rest")
            : part !== null
              ? words.t("part_of", { name: name(model.order.find((row) => model.entities[row].community === part)) })
              : null;
  const { groups, listed } = scene;
  const nodes =
    groups === null
      ? words.counted("shown", scene.nodes.length, model.entities.length)
      : words.counted("grouped", scene.matched, groups.size);
  return [
    heading === null ? null : h("strong", null, han(heading)),
    h("span", { class: "nodes" }, nodes),
    h(
      "span",
      { class: "edges" },
      words.counted("shown_relations", (groups === null ? scene : listed).edges.length, model.relations.length),
    ),
  ];
}

function buttons(app) {
  const { words, state, scene } = app;
  const to = (there, key, click, text = words.t(key)) =>
    there ? press("button", click, { "data-do": key, "aria-label": words.t(key), title: words.t(key) }, text) : null;
  const drawn = state.tab === "picture" || state.tab === "table"; // the other tabs show all that passes the filters
  if (app.from !== null) return [press("button", () => app.ask(null), { "data-do": "cancel" }, words.t("cancel"))];
  const away = state.centre !== null || state.whole || state.path !== null || state.part !== null;
  return [
    to(app.now > 0, "back", () => history.back(), "←"),
    to(filtered(state.filters), "clear", () => app.clear()),
    !drawn || state.centre === null || state.path !== null ? null : steps(app),
    to(drawn && away, "overview", () => app.look({ ...NOWHERE })),
    drawn && scene.nodes.length < scene.matched && scene.groups === null
      ? press(
          "button strong",
          () => app.look({ whole: true }),
          { id: "all", "data-do": "all" },
          words.counted("all", scene.matched),
        )
      : null,
  ];
}

// How many steps around the centre are shown.
function steps(app) {
  const { words, state } = app;
  const set = (count) => () => app.look({ steps: count, opened: new Set(), whole: false });
  return h(
    "span",
    { class: "steps", role: "group", "aria-label": words.t("steps") },
    [1, 2, 3].map((count) =>
      press(
        "button",
        set(count),
        {
          "data-do": `steps-${count}`,
          "aria-pressed": String(state.steps === count),
          title: words.counted("steps_away", count),
          "aria-label": words.counted("steps_away", count),
        },
        words.number(count),
      ),
    ),
  );
}
