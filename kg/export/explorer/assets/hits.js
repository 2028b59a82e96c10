// A point of the stage → the entity or relation there; from an entity, the next one in a direction.

import { toScreen } from "./camera.js";
import { lineOf, radiusOf } from "./drawing.js";

// The entity at the point, or whose label is; the nearest if several are.
export function entityAt(picture, px, py, slack) {
  const { scene, model, camera } = picture;
  let best = null;
  let least = Infinity;
  for (const row of scene.nodes) {
    const [x, y] = toScreen(camera, scene.x[row], scene.y[row]);
    const distance = Math.hypot(px - x, py - y) - radiusOf(model.entities[row], scene, camera);
    if (distance <= slack && distance < least) [best, least] = [row, distance];
  }
  if (best !== null) return best;
  const within = ({ box }) => px >= box.left && px <= box.right && py >= box.top && py <= box.bottom;
  return picture.labels.find(within)?.row ?? null;
}

export function relationAt(picture, px, py, slack) {
  const { scene, model, camera } = picture;
  let best = null;
  let least = slack;
  for (const row of scene.edges) {
    const points = lineOf(model, scene, camera, row);
    for (let at = 0; at + 3 < points.length; at += 2) {
      const distance = toSegment(px, py, points, at);
      if (distance < least) [best, least] = [row, distance];
    }
  }
  return best;
}

function toSegment(px, py, points, at) {
  const [x1, y1, x2, y2] = [points[at], points[at + 1], points[at + 2], points[at + 3]];
  const square = (x2 - x1) ** 2 + (y2 - y1) ** 2;
  const along = square === 0 ? 0 : Math.max(0, Math.min(1, ((px - x1) * (x2 - x1) + (py - y1) * (y2 - y1)) / square));
  return Math.hypot(px - x1 - along * (x2 - x1), py - y1 - along * (y2 - y1));
}

// The entity in view that lies next in the direction dx, dy: near, and not much aside.
export function nextTo(scene, from, dx, dy) {
  let best = null;
  let least = Infinity;
  for (const row of scene.nodes) {
    const [x, y] = [scene.x[row] - scene.x[from], scene.y[row] - scene.y[from]];
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy - y * dx);
    if (row === from || ahead <= 0 || aside > ahead * 1.7) continue;
    const cost = ahead + 2 * aside;
    if (cost < least) [best, least] = [row, cost];
  }
  return best;
}
