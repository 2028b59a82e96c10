// The picture: a bitmap of all that is in view, moved while the hand moves and drawn anew when it rests; on top of it
// what is selected.

import { cameraOf, fit, pan, toScreen, zoom } from "./camera.js";
import { overlay, lit } from "./overlay.js";
import { paint } from "./painting.js";

const QUICK = 6; // milliseconds a whole drawing may take to be made anew at every step of a movement
const REST = 130; // milliseconds without movement before it is made anew
const DIM = 0.28; // how much is left of the rest where something is selected

export class Picture {
  constructor(canvas, model, words) {
    Object.assign(this, { canvas, model, words, scene: null, theme: null });
    Object.assign(this, { selected: null, hovered: null, focused: null });
    this.context = canvas.getContext("2d", { alpha: false });
    this.store = document.createElement("canvas");
    this.camera = cameraOf(1, 1);
    this.kept = null; // the camera the bitmap was painted with; null: paint anew
    this.labels = []; // where words stand on the bitmap
    this.cost = 0; // milliseconds the last painting took
    this.waiting = false;
    this.timer = 0;
    this.drawn = 0; // frames so far: at rest, no more are added
    this.rested = () => {}; // told when a hand has moved the picture and lets it rest
  }

  resize(width, height, ratio) {
    Object.assign(this, { ratio });
    Object.assign(this.camera, { width, height });
    for (const canvas of [this.canvas, this.store]) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    this.renew();
  }

  // `view`: x, y and scale to look from; null: see all of it.
  show(scene, view) {
    Object.assign(this, { scene, hovered: null });
    this.fit();
    if (view !== null) [this.camera.x, this.camera.y, this.camera.k] = view;
    this.renew();
  }

  // All of the scene, with room for the labels at its sides.
  fit() {
    const { room } = this.scene;
    const side = this.scene.centre === null ? Math.min(80, this.camera.width / 8) : 16;
    const edge = { left: room.left + side, right: room.right + side, top: 36, bottom: 52 };
    fit(this.camera, this.scene.bounds, edge, { most: this.scene.screen ? 1.15 : 1.6, least: this.scene.least });
    if (this.scene.kind === "levels") this.begin(edge);
    this.moved();
  }

  // Of a walk too large for the stage, its beginning.
  begin({ left, top, bottom }) {
    const { scene, camera } = this;
    const { k, width, height } = camera;
    camera.x = Math.min(camera.x, scene.x[scene.centre] + (width / 2 - left) / k);
    const reach = Math.max(0, height / 2 - Math.max(top, bottom)) / k;
    const y = scene.y[scene.centre];
    camera.y = Math.max(y - reach, Math.min(y + reach, camera.y));
  }

  pan(dx, dy) {
    pan(this.camera, dx, dy);
    this.moved();
    this.rested();
  }

  zoom(factor, x = this.camera.width / 2, y = this.camera.height / 2) {
    zoom(this.camera, factor, x, y);
    this.moved();
    this.rested();
  }

  moved() {
    clearTimeout(this.timer);
    if (this.cost > QUICK && this.kept !== null) this.timer = setTimeout(() => this.renew(), REST);
    else this.kept = null;
    this.ask();
  }

  renew() {
    this.kept = null;
    this.ask();
  }

  mark(changes) {
    Object.assign(this, changes);
    this.ask();
  }

  ask() {
    if (this.waiting || this.scene === null || this.theme === null) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      if (this.camera.width >= 2) frame(this);
    });
  }
}

function frame(picture) {
  if (picture.kept === null) {
    const began = performance.now();
    picture.labels = paint(picture);
    picture.kept = { ...picture.camera };
    picture.cost = performance.now() - began;
  }
  const found = lit(picture);
  compose(picture, found.edges.length > 0 ? DIM : 1);
  overlay(picture, found);
  picture.drawn += 1;
}

// The bitmap, where the camera has taken it since.
function compose({ context, camera, kept, ratio, store, theme }, strength) {
  const scale = camera.k / kept.k;
  const [x, y] = toScreen(camera, kept.x - kept.width / 2 / kept.k, kept.y - kept.height / 2 / kept.k);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.globalAlpha = 1;
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, camera.width, camera.height);
  context.globalAlpha = strength;
  context.drawImage(store, x, y, kept.width * scale, kept.height * scale);
  context.globalAlpha = 1;
}
