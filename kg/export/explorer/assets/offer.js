// What tests may look at as window.__kg: nothing can be changed through it.

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
  });
  Object.defineProperty(window, "__kg", { value: offered });
}
