// The picture as it stands on the screen → a drawing (SVG) and an image of twice its size (PNG), each with a legend.

import { lineOf } from "./drawing.js";
import { intended } from "./model.js";
import { DASH, nodeOf, paint } from "./painting.js";
import { outline } from "./shapes.js";
import { xml } from "./xml.js";

const LEGEND = 40; // pixels below the picture
const FONT = '"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif';
const SIZE = 2; // times the picture's size
const SHAPE = 6;

// The classes in view: [look, name, x].
function legendOf({ model, words, scene }, measure) {
  const there = new Set(scene.nodes.map((row) => model.entities[row].look));
  let x = 20;
  return [...model.looks]
    .filter(([, look]) => there.has(look))
    .map(([key, look]) => {
      const name = words.className(key);
      const entry = { look, name, x };
      x += 34 + measure(name);
      return entry;
    });
}

export function svgOf(app) {
  const { picture, scene, words, model } = app;
  const { camera, theme, context } = picture;
  const { width, height } = camera;
  const inside = ({ x, y }) => x > -20 && y > -20 && x < width + 20 && y < height + 20;
  const round = (number) => Math.round(number * 10) / 10;
  const lines = scene.edges
    .map((row) => {
      const dash = intended(model.relations[row]) ? ` stroke-dasharray="${DASH.join(" ")}"` : "";
      return `<polyline points="${lineOf(model, scene, camera, row).map(round).join(" ")}"${dash}/>`;
    });
  const shape = (x, y, look, radius, ...inner) => {
    const place = `transform="translate(${x} ${y})" fill="${theme.hues[look.hue]}"`;
    return `<path ${place} d="${outline(look, radius)}">${inner.join("")}</path>`;
  };
  const word = (text, x, y) => `<text x="${round(x)}" y="${round(y)}">${xml(text)}</text>`;
  const nodes = scene.nodes.map((row) => nodeOf(picture, row)).filter(inside).map(({ row, x, y, look, radius }) =>
    shape(round(x), round(y), look, round(radius), `<title>${xml(model.entities[row].label)}</title>`));
  const labels = picture.labels.map(({ text, left, middle }) => word(text, left, middle + 4.5));
  const low = height + LEGEND / 2;
  const legend = legendOf(app, (text) => context.measureText(text).width).map(({ look, name, x }) =>
    shape(round(x), low, look, SHAPE) + word(name, x + 13, low + 4.5));
  const all = `width="${width}" height="${height + LEGEND}" viewBox="0 0 ${width} ${height + LEGEND}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${all}>`,
    `<title>${xml(words.t("title"))}</title>`,
    `<rect width="100%" height="100%" fill="${theme.paper}"/>`,
    `<g fill="none" stroke="${theme.edge}">`,
    ...lines,
    "</g>",
    `<g stroke="${theme.paper}" stroke-width="1.2">`,
    ...nodes,
    "</g>",
    `<g font-family='${FONT}' font-size="13" fill="${theme.ink}">`,
    ...labels,
    "</g>",
    `<g font-family='${FONT}' font-size="13" fill="${theme.ink}">`,
    ...legend,
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}

export function pngOf(app) {
  const { picture } = app;
  const { width, height } = picture.camera;
  const sheet = (high) =>
    Object.assign(document.createElement("canvas"), { width: width * SIZE, height: high * SIZE });
  const store = sheet(height);
  paint({ ...picture, store, ratio: SIZE });
  const whole = sheet(height + LEGEND);
  const context = whole.getContext("2d");
  context.fillStyle = picture.theme.paper;
  context.fillRect(0, 0, whole.width, whole.height);
  context.drawImage(store, 0, 0);
  context.setTransform(SIZE, 0, 0, SIZE, 0, 0);
  context.font = `13px ${FONT}`;
  context.textBaseline = "middle";
  for (const { look, name, x } of legendOf(app, (text) => context.measureText(text).width)) {
    context.setTransform(SIZE, 0, 0, SIZE, x * SIZE, (height + LEGEND / 2) * SIZE);
    context.fillStyle = picture.theme.hues[look.hue];
    context.fill(new Path2D(outline(look, SHAPE)));
    context.fillStyle = picture.theme.ink;
    context.fillText(name, 13, 0);
  }
  return new Promise((done) => whole.toBlob(done, "image/png"));
}
