// All that is in view, onto the bitmap: lines, nodes, branches' names, and as many labels as find room.

import { toScreen } from "./camera.js";
import { drawCard, drawHeads, drawLines, drawNodes, drawWords, font, lineOf, onStage, radiusOf } from "./drawing.js";
import { around, grid, placed } from "./labels.js";
import { intended } from "./model.js";
import { short } from "./text.js";

const ARROWS = 400; // relations in view up to which arrows show their direction
const MANY = 1500; // relations in view from which lines are thin
const NAMED = 500; // entities, the best-linked, that are tried for a label when near
const FAR = 40; // and when far away
const HEAD = { size: 7, least: 3.5, apart: 10 }; // pixels of an arrow, and how many of that size may end at one node
export const DASH = [5, 4];
const WORDY = 16; // characters of a branch's name at most
const CONTROLS = { wide: 62, high: 130 }; // the corner of the stage where buttons lie
const KEY = { wide: 250, high: 44 }; // and the one where lines are explained

// Paints, and gives the labels with where they stand.
export function paint(picture) {
  const { store, ratio, camera, scene, theme } = picture;
  const context = store.getContext("2d", { alpha: false });
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, camera.width, camera.height);
  paintLines(picture, context);
  const nodes = scene.nodes.map((row) => nodeOf(picture, row)).filter(({ x, y }) => onStage(camera, x, y, 20));
  drawNodes(context, nodes, theme);
  const cards = scene.forks.map((fork) => paintFork(picture, context, fork, theme.muted));
  const labels = labelsOf(picture, context, nodes, { weight: 400, cards, sorted: scene.groups !== null });
  drawWords(context, labels, theme);
  return labels;
}

function paintLines(picture, context) {
  const { scene, theme } = picture;
  const lines = scene.edges.map((row) => lineOf(picture.model, scene, picture.camera, row));
  const many = lines.length > MANY;
  const place = (row) => toScreen(picture.camera, scene.x[row], scene.y[row]);
  drawLines(context, scene.ties.map(([a, b]) => [...place(a), ...place(b)]), { colour: theme.faint, width: 0.8 });
  const look = { colour: many ? theme.faint : theme.edge, width: many ? 0.7 : 1.1 };
  drawRelations(context, picture.model, scene.edges, lines, look);
  if (lines.length <= ARROWS) drawHeads(context, lines, headsOf(picture, scene.edges), theme.arrow);
}

// What is only planned or required is dashed, unless there are too many lines to tell.
export function drawRelations(context, model, rows, lines, look) {
  const apart = rows.length <= MANY;
  const dashed = lines.filter((_, at) => apart && intended(model.relations[rows[at]]));
  drawLines(context, lines.filter((_, at) => !apart || !intended(model.relations[rows[at]])), look);
  context.setLineDash(DASH);
  drawLines(context, dashed, look);
  context.setLineDash([]);
}

// How far before its end each relation's arrow stops, and how long it is: where many end at one node, they are small.
export function headsOf(picture, rows) {
  const ends = rows.map((row) => picture.model.relations[row].object);
  const meet = new Map();
  for (const end of ends) meet.set(end, (meet.get(end) ?? 0) + 1);
  const size = (end) => Math.max(HEAD.least, HEAD.size * Math.min(1, HEAD.apart / meet.get(end)));
  return ends.map((end) => ({ gap: nodeOf(picture, end).radius + 3, size: size(end) }));
}

export function nodeOf({ model, camera, scene }, row) {
  const entity = model.entities[row];
  const [x, y] = toScreen(camera, scene.x[row], scene.y[row]);
  return { row, x, y, look: entity.look, radius: radiusOf(entity, scene, camera) };
}

// The name of a branch where it forks, with the number of its ends; the box it takes.
export function paintFork(picture, context, { x, y, group }, colour) {
  const { camera, words, theme } = picture;
  const [px, py] = toScreen(camera, x, y);
  const text = group.predicates.map((name) => words.name(name)).join(words.t("and"));
  const count = group.ends.length > 1 ? ` ${words.number(group.ends.length)}` : "";
  const half = drawCard(context, short(text, WORDY) + count, px, py, { theme, colour }) / 2;
  return { left: px - half, right: px + half, top: py - 11, bottom: py + 11, own: -1 };
}

// The name; of the community that holds what belongs to no other, that it does.
function labelOf(model, { groups }, words, row) {
  const { label, community } = model.entities[row];
  return groups !== null && community === model.communities.length - 1 ? words.t("rest") : label;
}

// What a label says beyond the name: how many entities a community has, how many neighbours are not shown.
function tailOf({ groups, more }, words, row) {
  if (groups !== null) return words.t("and_others", { n: words.number(groups.get(row)) });
  return more.has(row) ? ` +${words.number(more.get(row))}` : "";
}

// All that a label may say.
export function captionOf({ model, scene, words }, row, most) {
  return short(labelOf(model, scene, words, row), most) + tailOf(scene, words, row);
}

// Labels of the nodes, the best-linked first unless they are `sorted`; one without room waits until one comes nearer.
export function labelsOf({ model, camera, scene, words }, context, nodes, { weight, cards, sorted = false }) {
  context.font = font(weight);
  const taken = grid();
  const longest = scene.centre !== null ? 16 : 14;
  const { width, height } = camera;
  taken.add({ left: width - CONTROLS.wide, right: width, top: height - CONTROLS.high, bottom: height, own: -1 });
  taken.add({ left: 0, right: KEY.wide, top: height - KEY.high, bottom: height, own: -1 });
  for (const card of cards) taken.add(card);
  const links = ({ row }) => model.entities[row].relations.length;
  const most = scene.screen ? NAMED : Math.max(FAR, Math.min(NAMED, FAR * 10 * camera.k * camera.k));
  const best = (sorted ? nodes : [...nodes].sort((a, b) => links(b) - links(a))).slice(0, most);
  for (const node of best) taken.add(around(node.x, node.y, node.radius, node.row));
  const items = best.map((node) => {
    const label = labelOf(model, scene, words, node.row);
    const tail = tailOf(scene, words, node.row);
    const side = scene.side.get(node.row) ?? 0;
    const texts = (side === 0 ? [longest] : [longest, 12, 9, 7]).map((size) => {
      const text = short(label, size) + tail;
      return { text, width: context.measureText(text).width };
    });
    return { ...node, own: node.row, side, texts };
  });
  return placed(items, taken, camera);
}
