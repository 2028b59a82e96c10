// The rows of each table for what is in view; where communities stand for entities, all of these.

import { figuresInView } from "./facets.js";

export function rowsOf({ scene, model, state }) {
  const { nodes, edges } = scene.listed;
  return { entities: nodes, relations: edges, figures: figuresInView(model, state, { nodes, part: scene.part }) };
}
