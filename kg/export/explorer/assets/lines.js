// What lines of the picture mean, said where both kinds are in view.

import { draw, fillWith, h } from "./dom.js";
import { intended } from "./model.js";

export function showLines({ words, model, scene }, element) {
  const rows = scene.edges.map((row) => model.relations[row]);
  element.hidden = !rows.some(intended);
  const line = (look) => draw("svg", { viewBox: "0 0 26 8", class: `line ${look}`, "aria-hidden": "true" },
    draw("path", { d: "M0 4h26" }));
  fillWith(element, ["done", "planned"].map((look) => h("span", null, line(look), " ", words.t(`lines_${look}`))));
}
