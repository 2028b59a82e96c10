// Mouse, fingers and keys on the stage → movements of the picture, and what is pointed at, chosen or opened.

import { entityAt, nextTo, relationAt } from "./hits.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const TAP = 6; // pixels a finger or mouse may stray and still tap

// `act` has choose(selection or null), open(entity row) and say(entity row).
export function listen(picture, act) {
  const touches = new Map();
  const { canvas } = picture;
  let start = null;
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    touches.set(event.pointerId, point(event));
    start = touches.size === 1 ? { ...point(event), moved: false } : null;
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!touches.has(event.pointerId)) hover(picture, event);
    else if (drag(picture, touches, event, start)) start = start === null ? null : { ...start, moved: true };
  });
  const end = (event) => {
    const known = touches.delete(event.pointerId);
    canvas.classList.remove("dragging");
    if (known && event.type === "pointerup" && start !== null && !start.moved) act.choose(target(picture, event));
    if (touches.size === 0) start = null;
  };
  for (const type of ["pointerup", "pointercancel"]) canvas.addEventListener(type, end);
  canvas.addEventListener("pointerleave", () => { if (picture.hovered !== null) picture.mark({ hovered: null }); });
  canvas.addEventListener("dblclick", (event) => {
    const found = target(picture, event);
    if (found?.kind === "entity") act.open(found.row);
  });
  canvas.addEventListener("wheel", (event) => wheel(picture, event), { passive: false });
  canvas.addEventListener("keydown", (event) => key(picture, act, event));
  for (const type of ["focus", "blur"]) canvas.addEventListener(type, () => picture.ask());
}

function point(event) {
  return { x: event.offsetX, y: event.offsetY };
}

function target(picture, event) {
  const { x, y } = point(event);
  const slack = event.pointerType === "touch" ? 14 : 5;
  const entity = entityAt(picture, x, y, slack);
  if (entity !== null) return { kind: "entity", row: entity };
  const relation = relationAt(picture, x, y, slack);
  return relation === null ? null : { kind: "relation", row: relation };
}

function hover(picture, event) {
  if (event.pointerType === "touch") return;
  const { x, y } = point(event);
  const found = entityAt(picture, x, y, 4);
  picture.canvas.classList.toggle("pointing", found !== null);
  if (found !== picture.hovered) picture.mark({ hovered: found });
}

// One finger moves, two fingers zoom. Whether it was a movement and no tap.
function drag(picture, touches, event, start) {
  const before = touches.get(event.pointerId);
  const now = point(event);
  if (touches.size === 1) {
    if (start !== null && !start.moved && Math.hypot(now.x - start.x, now.y - start.y) < TAP) return false;
    picture.canvas.classList.add("dragging");
    picture.pan(now.x - before.x, now.y - before.y);
  } else {
    const [other] = [...touches].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
    const apart = (place) => Math.max(1, Math.hypot(place.x - other.x, place.y - other.y));
    picture.zoom(apart(now) / apart(before), (now.x + other.x) / 2, (now.y + other.y) / 2);
    picture.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
  }
  touches.set(event.pointerId, now);
  return true;
}

function wheel(picture, event) {
  event.preventDefault();
  const lines = event.deltaMode === 1 ? 16 : 1;
  const { x, y } = point(event);
  picture.zoom(Math.exp(-Math.max(-240, Math.min(240, event.deltaY * lines)) * 0.0016), x, y);
}

function key(picture, act, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in ARROWS) step(picture, act, ARROWS[event.key], event.shiftKey);
  else if (event.key === "Enter" && picture.focused !== null) act.choose({ kind: "entity", row: picture.focused });
  else if (event.key === " " && picture.focused !== null) act.open(picture.focused);
  else if (event.key === "+" || event.key === "=") picture.zoom(1.25);
  else if (event.key === "-") picture.zoom(0.8);
  else if (event.key === "0") picture.fit();
  else return;
  event.preventDefault();
}

// From node to node; with Shift the picture moves instead.
function step(picture, act, [dx, dy], shift) {
  if (shift) {
    picture.pan(-60 * dx, -60 * dy);
    return;
  }
  const { scene } = picture;
  const from = scene.nodes.includes(picture.focused) ? picture.focused : null;
  const to = from === null ? scene.nodes[0] : nextTo(scene, from, dx, dy);
  if (to === null || to === undefined) return;
  picture.mark({ focused: to });
  act.say(to);
}
