// The metrics that can be compared, those said of most places first, and a field to find one in.

import { fillWith, h, han, press } from "./dom.js";
import { filtered } from "./facets.js";
import { fold } from "./text.js";

const LISTED = 40; // metrics that are listed at once

export function catalogue(app, place, choose) {
  const { words } = app;
  const list = h("ul", { class: "catalogue" });
  const note = h("p", { class: "note", "aria-live": "polite" });
  const fill = () => {
    const wanted = fold(place.typed ?? "");
    const found = place.metrics.filter(({ phrases }) => [...phrases].some((phrase) => fold(phrase).includes(wanted)));
    fillWith(
      list,
      found.slice(0, LISTED).map((one) => entry(app, one, choose)),
    );
    note.textContent = words.counted("metrics_shown", Math.min(LISTED, found.length), found.length);
  };
  const input = (event) => {
    place.typed = event.target.value;
    fill();
  };
  fill();
  return h(
    "div",
    { class: "scroll choose" },
    h("h2", { class: "title" }, words.t("compare_title")),
    h("p", { class: "lead" }, words.t("compare_help")),
    filtered(app.state.filters) ? h("p", { class: "note" }, words.t("within_filters")) : null,
    h("input", {
      type: "search",
      class: "within",
      "aria-label": words.t("find_metric"),
      placeholder: words.t("find_metric"),
      value: place.typed ?? "",
      input,
    }),
    note,
    list,
  );
}

function entry(app, { metric, figures, places, years }, choose) {
  const { words } = app;
  const facts = [
    words.counted("in_places", places.size),
    words.counted("in_years", years.size),
    words.counted("in_figures", figures),
  ];
  return h(
    "li",
    null,
    press(
      "metric",
      () => choose(metric),
      null,
      han(metric),
      h("span", { class: "times" }, facts.join(" · ")),
    ),
  );
}
