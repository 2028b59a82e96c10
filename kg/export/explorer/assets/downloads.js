// The menu that gives what is in view as a file: tables, graphs, pictures. Nothing leaves the machine.

import { h, press } from "./dom.js";
import { csvOf } from "./csv.js";
import { graphmlOf } from "./graphml.js";
import { turtleOf } from "./turtle.js";
import { pngOf, svgOf } from "./drawings.js";
import { rowsOf } from "./rows.js";

const KINDS = {
  csv: {
    ending: "csv",
    type: "text/csv;charset=utf-8",
    make: (app) => csvOf(app, app.places.table.kind, rowsOf(app)[app.places.table.kind]),
  },
  graphml: { ending: "graphml", type: "application/xml", make: (app) => graphmlOf(app.model, app.scene.listed) },
  turtle: {
    ending: "ttl",
    type: "text/turtle;charset=utf-8",
    make: (app) => turtleOf(app.model, { ...app.scene.listed, figures: rowsOf(app).figures }),
  },
  svg: { ending: "svg", type: "image/svg+xml", make: (app) => svgOf(app) },
  png: { ending: "png", type: "image/png", make: (app) => pngOf(app) },
};

export function downloads(app) {
  const { words } = app;
  const entry = (name, text, act) => {
    const click = (event) => {
      event.target.closest("details").open = false;
      act();
    };
    return h("li", null, press("download", click, { "data-do": name }, text));
  };
  const files = Object.keys(KINDS).map((kind) =>
    entry(`download-${kind}`, words.t(`download_${kind}`), () => save(app, kind)));
  const leave = (event) => {
    const menu = event.currentTarget;
    if (event.type === "keydown" && event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
      event.preventDefault();
    }
    if (event.type === "focusout" && !menu.contains(event.relatedTarget) && event.relatedTarget !== null)
      menu.open = false;
  };
  return h(
    "details",
    { class: "menu", keydown: leave, focusout: leave },
    h("summary", { class: "button", "data-do": "downloads" }, words.t("download")),
    h("ul", null, files, entry("print", words.t("print"), () => window.print())),
  );
}

async function save(app, kind) {
  const { ending, type, make } = KINDS[kind];
  const made = await make(app);
  const address = URL.createObjectURL(made instanceof Blob ? made : new Blob([made], { type }));
  const link = h("a", { href: address, download: `policy-kg.${ending}` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  app.announce(app.words.t("saved", { name: `policy-kg.${ending}` }));
}
