// Elements from plain values. Text goes in as text and nothing else: no markup is ever parsed here.

import { outline } from "./shapes.js";
import { isWeb } from "./text.js";

const SVG = "http://www.w3.org/2000/svg";

// Lists within lists as one, without what is not there.
const flat = (children) => children.flat(Infinity).filter((child) => (child ?? "") !== "");

// An element. Of its attributes, a function is a listener, null and false leave out; children are nodes, texts, lists.
export function h(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(key, value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...flat(children));
  return element;
}

// The same for a drawing.
export function draw(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(key, value);
    else element.setAttribute(key, value);
  }
  element.append(...flat(children));
  return element;
}

export function fillWith(element, ...children) {
  element.replaceChildren(...flat(children));
}

export function press(look, click, attributes, ...children) {
  return h("button", { type: "button", class: look, click, ...attributes }, ...children);
}

// Words of the documents, which are Chinese whatever language the page speaks.
export function han(text, look = "") {
  return h("span", { lang: "zh-CN", class: `han ${look}`.trim() }, text);
}

export function countOf(text) {
  return h("span", { class: "count" }, text);
}

export function glyph(look) {
  return draw("svg", { viewBox: "-8 -8 16 16", class: `glyph look-${look.hue}`, "aria-hidden": "true" },
    draw("path", { d: outline(look, 5.6) }));
}

// A value of an attribute: a link if it is a web address, else words.
export function valueOf(text) {
  if (!isWeb(text)) return han(text);
  return h("a", { href: text, target: "_blank", rel: "noopener noreferrer" }, text);
}
