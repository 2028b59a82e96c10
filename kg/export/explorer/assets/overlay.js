// What is selected, pointed at or focused, drawn over the bitmap.

import { drawCard, drawHeads, drawNodes, drawWords, font, lineOf } from "./drawing.js";
import { around } from "./labels.js";
import { captionOf, drawRelations, headsOf, labelsOf, nodeOf, paintFork } from "./painting.js";
import { short } from "./text.js";

const VERBS = 8; // relations up to which each is named on its line

// The relations and entities in view that the selection lifts out.
export function lit({ selected, scene, model }) {
  const none = { edges: [], nodes: [] };
  if (selected === null) return none;
  scene.shown ??= new Set(scene.nodes);
  if (selected.kind === "relation") {
    const { subject, object } = model.relations[selected.row];
    const there = scene.shown.has(subject) && scene.shown.has(object);
    return there ? { edges: [selected.row], nodes: [subject, object] } : none;
  }
  if (selected.kind !== "entity" || !scene.shown.has(selected.row)) return none;
  if (selected.row === scene.centre && scene.kind === "fan") return { edges: [], nodes: [selected.row] };
  scene.inside ??= new Set(scene.edges);
  const edges = model.entities[selected.row].relations.filter((row) => scene.inside.has(row));
  const ends = new Set(edges.flatMap((row) => [model.relations[row].subject, model.relations[row].object]));
  ends.delete(selected.row);
  const linked = (a, b) => model.entities[b].relations.length - model.entities[a].relations.length;
  return { edges, nodes: [selected.row, ...[...ends].sort(linked)] };
}

export function overlay(picture, { edges, nodes }) {
  const { context, theme, selected, focused, hovered, canvas } = picture;
  if (edges.length > 0) lift(picture, edges, nodes);
  if (selected?.kind === "entity" && nodes.includes(selected.row)) ring(picture, selected.row, []);
  const keyed = focused !== null && document.activeElement === canvas;
  if (keyed && picture.scene.nodes.includes(focused)) ring(picture, focused, [3, 3]);
  if (hovered !== null) tip(picture, context, theme, hovered);
}

function lift(picture, edges, nodes) {
  const { context, theme, model, scene, camera } = picture;
  const lines = edges.map((row) => lineOf(model, scene, camera, row));
  const drawn = nodes.map((row) => nodeOf(picture, row));
  const standing = standingOf(picture, nodes);
  context.fillStyle = theme.paper;
  for (const { box } of standing.values())
    context.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top); // no label is seen twice
  drawRelations(context, model, edges, lines, { colour: theme.accent, width: 1.6 });
  drawHeads(context, lines, headsOf(picture, edges), theme.accent);
  drawNodes(context, drawn, theme);
  const boxes = [...standing].flatMap(([row, { box }]) => {
    const { x, y, radius } = drawn.find((node) => node.row === row);
    return [{ ...box, own: -1 }, around(x, y, radius, -1)];
  });
  const cards = scene.forks.length === 0 ? verbs(picture, edges, lines, boxes)
    : scene.forks.filter(({ group }) => group.ends.some((end) => end !== scene.centre && nodes.includes(end)))
      .map((fork) => paintFork(picture, context, fork, theme.accent));
  const place = (those, taken) => labelsOf(picture, context, those, { weight: 500, cards: taken, sorted: true });
  const others = drawn.filter(({ row }) => !standing.has(row));
  const kept = [...standing.values(), ...place(others, [...cards, ...boxes])];
  const anew = kept.length < drawn.length ? place(drawn, cards) : kept; // if that lets more of them be named
  drawWords(context, anew.length > kept.length ? anew : kept, theme, 500);
}

// The labels that these nodes have on the bitmap, while it is not being moved: lifted, they stay where they are.
export function standingOf({ camera, kept, labels }, nodes) {
  const rests = ["x", "y", "k", "width", "height"].every((key) => camera[key] === kept[key]);
  return new Map(labels.filter(({ row }) => rests && nodes.includes(row)).map((label) => [label.row, label]));
}

// The relation's name in the middle of its line, where there is room.
function verbs({ context, theme, words, model }, edges, lines, boxes) {
  if (edges.length > VERBS) return [];
  const cards = [];
  edges.forEach((row, at) => {
    const [x1, y1, x2, y2] = lines[at];
    if (Math.hypot(x2 - x1, y2 - y1) < 90) return;
    const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2];
    const verb = short(words.name(model.relations[row].predicate));
    context.font = font(500);
    const room = context.measureText(verb).width / 2 + 7;
    const covers = (box) => x - room < box.right && x + room > box.left && y - 11 < box.bottom && y + 11 > box.top;
    if (boxes.some(covers)) return;
    const half = drawCard(context, verb, x, y, { theme, colour: theme.accent }) / 2;
    cards.push({ left: x - half, right: x + half, top: y - 11, bottom: y + 11, own: -1 });
  });
  return cards;
}

function ring(picture, row, dash) {
  const { context, theme } = picture;
  const { x, y, radius } = nodeOf(picture, row);
  context.setLineDash(dash);
  context.strokeStyle = theme.accent;
  context.lineWidth = 2.2;
  context.beginPath();
  context.arc(x, y, radius * 1.15 + 4, 0, 2 * Math.PI);
  context.stroke();
  context.setLineDash([]);
}

// The whole name on a card above the node.
function tip(picture, context, theme, row) {
  const { x, y, radius } = nodeOf(picture, row);
  const text = captionOf(picture, row, 40);
  context.font = font(500);
  const half = context.measureText(text).width / 2 + 12;
  const middle = Math.max(half, Math.min(picture.camera.width - half, x));
  drawCard(context, text, middle, Math.max(14, y - radius - 18), { theme, colour: theme.ink, fill: theme.card });
}
