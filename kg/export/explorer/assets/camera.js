// Where one is looking from: scene coordinates ↔ pixels of the stage. `x`, `y` is the scene point in its middle.

const NEAREST = 6;

export function cameraOf(width, height) {
  return { x: 0, y: 0, k: 1, least: 0.02, width, height };
}

export function toScreen(camera, x, y) {
  return [(x - camera.x) * camera.k + camera.width / 2, (y - camera.y) * camera.k + camera.height / 2];
}

export function toScene(camera, px, py) {
  return [(px - camera.width / 2) / camera.k + camera.x, (py - camera.height / 2) / camera.k + camera.y];
}

export function pan(camera, dx, dy) {
  camera.x -= dx / camera.k;
  camera.y -= dy / camera.k;
}

// Zoom by a factor so that the scene point under px, py stays where it is.
export function zoom(camera, factor, px, py) {
  const [x, y] = toScene(camera, px, py);
  camera.k = Math.min(NEAREST, Math.max(camera.least, camera.k * factor));
  camera.x = x - (px - camera.width / 2) / camera.k;
  camera.y = y - (py - camera.height / 2) / camera.k;
}

// Show the whole of `bounds` with `edge` pixels around it, no nearer than `most` and no farther than `least`.
export function fit(camera, bounds, edge, { most, least }) {
  const wide = Math.max(1, bounds.right - bounds.left);
  const high = Math.max(1, bounds.bottom - bounds.top);
  const across = Math.max(60, camera.width - edge.left - edge.right) / wide;
  const down = Math.max(60, camera.height - edge.top - edge.bottom) / high;
  camera.k = Math.max(least, Math.min(most, across, down));
  camera.least = Math.min(0.2, camera.k / 2);
  camera.x = (bounds.left + bounds.right) / 2 + (edge.right - edge.left) / 2 / camera.k;
  camera.y = (bounds.top + bounds.bottom) / 2 + (edge.bottom - edge.top) / 2 / camera.k;
}
