// What is in view → what is drawn: a place for each entity, a line for each relation, and the extent of it all.

import { branch, fan, isNarrow } from "./fan.js";
import { columnsOf, lineBetween } from "./levels.js";
import { gathered } from "./gathering.js";
import { inView } from "./views.js";

const READABLE = 0.9; // of the size at which the rows of a tree were laid out: a narrow stage rather shows a part of it
const LETTER = 13; // pixels a character of a label is wide
const LONGEST = 11; // characters of a label for which room is kept in a tree
const STEP = 250; // pixels from one entity of a path to the next, lying
const DROP = 96; // and standing
const AROUND = { wide: 160, high: 88 }; // pixels of a stage that labels take at its sides
const STRETCH = 2.5; // at most, of the first view, along one side
const LAYOUTS = { fan: tree, levels, chain, groups, first: spread, part: spread, map, few };

// `x` and `y` have a number for each entity of the model; only those of `nodes` mean anything.
export function sceneOf(model, state, stage) {
  const view = inView(model, state);
  const scene = {
    busiest: model.busiest,
    more: new Map(),
    groups: null,
    ties: [],
    listed: view,
    ...view,
    centre: view.kind === "fan" || view.kind === "levels" ? state.centre : null,
    path: state.path,
    x: new Float64Array(model.entities.length),
    y: new Float64Array(model.entities.length),
    side: new Map(),
    forks: [],
    lines: new Map(),
    screen: view.kind !== "map", // laid out in pixels, not as a map
    least: 0, // how far away it may be seen at first
    room: { left: 0, right: 0 }, // pixels that labels need beyond the outermost nodes
  };
  LAYOUTS[view.kind](model, scene, stage);
  scene.bounds = boundsOf(scene);
  return scene;
}

// The first view, drawn out along one side until it has the proportions of the stage: so it has more room for labels.
function spread(model, scene, stage) {
  const places = scene.kind === "part" ? model.parts[model.entities[scene.nodes[0]].community] : model.first;
  const extent = (at) => {
    const values = places.map((place) => place[at]);
    return Math.max(1, Math.max(...values) - Math.min(...values));
  };
  const wanted = Math.max(1, stage.width - AROUND.wide) / Math.max(1, stage.height - AROUND.high);
  const ratio = extent(1) / extent(2) / wanted;
  const [across, down] = [Math.min(STRETCH, Math.max(1, 1 / ratio)), Math.min(STRETCH, Math.max(1, ratio))];
  for (const [row, x, y] of places) [scene.x[row], scene.y[row]] = [x * across, y * down];
}

// Some of the map, moved together.
function few(model, scene, stage) {
  const labels = scene.nodes.map((row) => model.entities[row].label);
  const places = scene.nodes.map((row) => [model.entities[row].x, model.entities[row].y]);
  const aspect = Math.max(0.5, Math.min(2, (stage.width - AROUND.wide) / Math.max(1, stage.height - AROUND.high)));
  gathered(places, labels.map(({ length }) => length), aspect).forEach(([x, y], at) => {
    const row = scene.nodes[at];
    [scene.x[row], scene.y[row]] = [x, y];
  });
}

function map(model, scene) {
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

// A walk of several steps. A long one is shown in part rather than too small to read.
function levels(model, scene, stage) {
  const at = columnsOf(scene, scene.centre, isNarrow(stage));
  for (const [row, { x, y }] of at) {
    [scene.x[row], scene.y[row]] = [x, y];
    scene.side.set(row, row === scene.centre ? 0 : 1);
  }
  scene.room = roomOf(model, at);
  scene.least = READABLE;
  for (const row of scene.edges) {
    const { subject, object } = model.relations[row];
    scene.lines.set(row, lineBetween(at.get(subject), at.get(object)));
  }
}

// A path from left to right, or downward on a narrow stage, each step with the names of its relations.
function chain(model, scene, stage) {
  const { nodes, path } = scene;
  const down = isNarrow(stage) || nodes.length * STEP > 1.25 * stage.width;
  nodes.forEach((row, step) => {
    [scene.x[row], scene.y[row]] = down ? [0, step * DROP] : [step * STEP, 0];
    if (down) scene.side.set(row, 1);
  });
  scene.forks = path.links.map((rows, step) => {
    const [from, to] = [nodes[step], nodes[step + 1]];
    const predicates = [...new Set(rows.map((row) => model.relations[row].predicate))];
    return {
      x: (scene.x[from] + scene.x[to]) / 2,
      y: (scene.y[from] + scene.y[to]) / 2,
      group: { predicates, ends: [to] },
    };
  });
}

function groups(model, scene) {
  for (const row of scene.nodes) [scene.x[row], scene.y[row]] = model.communities[model.entities[row].community];
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
