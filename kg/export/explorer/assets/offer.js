// What tests may look at as window.__kg: nothing can be changed through it.

import { toScreen } from "./camera.js";

export function offer(app) {
  const { model, picture } = app;
  const names = {
    entity: (row) => model.entities[row].id,
    relation: (row) => model.relations[row].key,
    figure: (row) => model.figures[row].id,
    document: (row) => model.documents[row].doc,
    metric: (name) => name,
  };
  const offered = Object.freeze({
    get ready() { return app.ready; },
    get visible() {
      return Object.freeze({ nodes: app.scene?.nodes.length ?? 0, edges: app.scene?.edges.length ?? 0 });
    },
    get selected() {
      const { selected } = app.state;
      return selected === null ? null : names[selected.kind](selected.row);
    },
    get renderer() { return "canvas"; },
    get drawn() { return picture.drawn; },
    get labels() { return picture.labels.map(({ text, box }) => ({ text, ...box })); },
    get places() {
      const { nodes, x, y } = app.scene;
      return nodes.map((row) => [names.entity(row), ...toScreen(picture.camera, x[row], y[row])]);
    },
  });
  Object.defineProperty(window, "__kg", { value: offered });
}
