// What is in view → what is drawn: a place for each entity, a line for each relation, and the extent of it all.

import { branch, fan, isNarrow } from "./fan.js";
import { inView } from "./facets.js";

const READABLE = 0.9; // of the size at which the rows of a tree were laid out: a narrow stage rather shows a part of it
const LETTER = 13; // pixels a character of a label is wide
const LONGEST = 11; // characters of a label for which room is kept in a tree

// `x` and `y` have a number for each entity of the model; only those of `nodes` mean anything.
export function sceneOf(model, state, stage) {
  const view = inView(model, state);
  const scene = {
    ...view,
    centre: state.centre,
    x: new Float64Array(model.entities.length),
    y: new Float64Array(model.entities.length),
    side: new Map(),
    forks: [],
    lines: new Map(),
    screen: true, // laid out in pixels, not as a map
    least: 0, // how far away it may be seen at first
    room: { left: 0, right: 0 }, // pixels that labels need beyond the outermost nodes
  };
  if (state.centre !== null) tree(model, scene, stage);
  else if (isFirst(model, state, view)) spread(model, scene, stage);
  else map(model, scene);
  scene.bounds = boundsOf(scene);
  return scene;
}

function isFirst(model, state, view) {
  const { types, predicates } = state.filters;
  return types.size + predicates.size === 0 && view.nodes.length === model.first.length;
}

// The first view lies, or stands on a stage that is higher than wide.
function spread(model, scene, stage) {
  const upright = stage.height > 1.2 * stage.width;
  for (const [row, x, y] of model.first) [scene.x[row], scene.y[row]] = upright ? [y, x] : [x, y];
}

function map(model, scene) {
  scene.screen = false;
  for (const row of scene.nodes) {
    scene.x[row] = model.entities[row].x;
    scene.y[row] = model.entities[row].y;
  }
}

function tree(model, scene, stage) {
  const { at, forks } = fan(model, scene.centre, scene.edges, stage);
  for (const [row, place] of at) {
    scene.x[row] = place.x;
    scene.y[row] = place.y;
    scene.side.set(row, place.side);
  }
  scene.forks = forks;
  scene.room = roomOf(model, at);
  scene.least = isNarrow(stage) ? READABLE : 0;
  const forkOf = new Map();
  for (const fork of forks) for (const end of fork.group.ends) forkOf.set(end, fork);
  for (const row of scene.edges) {
    const { subject, object } = model.relations[row];
    const end = subject === scene.centre ? object : subject;
    if (forkOf.has(end)) scene.lines.set(row, branch(forkOf.get(end), at.get(end), subject === scene.centre));
  }
}

// What the labels of the outermost column of either side take, long ones shortened.
function roomOf(model, at) {
  const most = { left: 0, right: 0 };
  const room = { left: 30, right: 30 };
  for (const { x } of at.values()) {
    most.left = Math.min(most.left, x);
    most.right = Math.max(most.right, x);
  }
  for (const [row, { x }] of at) {
    const wide = 24 + LETTER * Math.min(LONGEST, model.entities[row].label.length);
    if (x > 0) room.right = Math.max(room.right, wide - (most.right - x));
    if (x < 0) room.left = Math.max(room.left, wide - (x - most.left));
  }
  return room;
}

function boundsOf({ nodes, x, y }) {
  const bounds = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const row of nodes) {
    bounds.left = Math.min(bounds.left, x[row]);
    bounds.right = Math.max(bounds.right, x[row]);
    bounds.top = Math.min(bounds.top, y[row]);
    bounds.bottom = Math.max(bounds.bottom, y[row]);
  }
  return nodes.length > 0 ? bounds : { left: -1, right: 1, top: -1, bottom: 1 };
}
