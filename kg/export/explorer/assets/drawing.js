// Lines, shapes and words on a canvas, in batches: one path for many lines, one for all nodes of a look.

import { toScreen } from "./camera.js";
import { trace } from "./shapes.js";

const BATCH = 400; // lines a path: a longer path takes more than its share of time
const CROWD = 700; // nodes in view up to which they keep their size
const FAMILY = '"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif';

export const font = (weight) => `${weight} 13px ${FAMILY}`;

// A node's size on the screen: by its links, smaller where the picture is far away.
export function radiusOf(entity, scene, camera) {
  const links = entity.relations.length;
  const base = 4.2 + Math.min(1.35 * Math.sqrt(links), 9 * Math.sqrt(links / scene.busiest));
  if (scene.groups !== null)
    return Math.min(22, 4 + 0.55 * Math.sqrt(scene.groups.get(entity.row))) * Math.max(0.5, Math.min(1.1, camera.k));
  if (scene.centre !== null) return scene.centre === entity.row ? 11 : 6;
  if (scene.screen) return base * Math.max(0.55, Math.min(1.1, camera.k));
  const crowded = Math.max(0.4, Math.min(1, Math.sqrt(CROWD / scene.nodes.length)));
  return Math.max(1.5, base * Math.max(0.3, Math.min(1.1, Math.sqrt(camera.k))) * crowded);
}

export function onStage(camera, x, y, margin) {
  return x > -margin && y > -margin && x < camera.width + margin && y < camera.height + margin;
}

// Screen points of a relation's line, from subject to object.
export function lineOf(model, scene, camera, row) {
  const own = scene.lines.get(row);
  const { subject, object } = model.relations[row];
  const points = own ?? [scene.x[subject], scene.y[subject], scene.x[object], scene.y[object]];
  const found = new Array(points.length);
  for (let at = 0; at < points.length; at += 2) {
    [found[at], found[at + 1]] = toScreen(camera, points[at], points[at + 1]);
  }
  return found;
}

export function drawLines(context, lines, look) {
  context.strokeStyle = look.colour;
  context.lineWidth = look.width;
  lines.forEach((points, number) => {
    if (number % BATCH === 0) context.beginPath();
    context.moveTo(points[0], points[1]);
    for (let at = 2; at < points.length; at += 2) context.lineTo(points[at], points[at + 1]);
    if (number % BATCH === BATCH - 1 || number === lines.length - 1) context.stroke();
  });
}

// Heads of arrows at the ends of lines: { gap, size }, how many pixels before the end, and how long.
export function drawHeads(context, lines, heads, colour) {
  context.fillStyle = colour;
  context.beginPath();
  lines.forEach((points, number) => {
    const { gap, size } = heads[number];
    const [long, wide] = [size, 0.4 * size];
    const tip = before(points, gap);
    if (tip === null) return;
    const [x, y, ux, uy] = tip;
    context.moveTo(x, y);
    context.lineTo(x - ux * long - uy * wide, y - uy * long + ux * wide);
    context.lineTo(x - ux * long + uy * wide, y - uy * long - ux * wide);
    context.closePath();
  });
  context.fill();
}

// The point of a line `gap` pixels before its end, and its direction there.
function before(points, gap) {
  let left = gap;
  for (let at = points.length - 4; at >= 0; at -= 2) {
    const [x1, y1, x2, y2] = [points[at], points[at + 1], points[at + 2], points[at + 3]];
    const length = Math.hypot(x2 - x1, y2 - y1);
    if (length > left) {
      const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
      return [x2 - ux * left, y2 - uy * left, ux, uy];
    }
    left -= length;
  }
  return null;
}

// Nodes { look, x, y, radius }, those of one look at once; a rim keeps them apart from lines and each other.
export function drawNodes(context, nodes, theme) {
  const byLook = new Map();
  for (const node of nodes) {
    if (!byLook.has(node.look)) byLook.set(node.look, []);
    byLook.get(node.look).push(node);
  }
  for (const [look, found] of byLook) {
    context.beginPath();
    for (const node of found) trace(context, look, node.x, node.y, node.radius);
    if (nodes.length <= 1500) {
      context.strokeStyle = theme.paper;
      context.lineWidth = 2.5;
      context.stroke();
    }
    context.fillStyle = theme.hues[look.hue];
    context.fill();
  }
}

export function drawWords(context, labels, theme, weight = 400) {
  context.font = font(weight);
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = theme.paper;
  for (const label of labels) context.strokeText(label.text, label.left, label.middle);
  context.fillStyle = theme.ink;
  for (const label of labels) context.fillText(label.text, label.left, label.middle);
}

// A word on a small card, its middle at x, y.
export function drawCard(context, text, x, y, { theme, colour, fill }) {
  context.font = font(500);
  const width = context.measureText(text).width + 14;
  context.beginPath();
  context.roundRect(x - width / 2, y - 10.5, width, 21, 10.5);
  context.fillStyle = fill ?? theme.paper;
  context.fill();
  context.strokeStyle = theme.edge;
  context.lineWidth = 1;
  context.stroke();
  context.fillStyle = colour;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, x, y + 0.5);
  return width;
}
