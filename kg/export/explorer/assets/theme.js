// Colours of the picture, from the style sheet, so that light and dark are decided in one place.

import { HUES } from "./shapes.js";

const NAMES = ["paper", "card", "ink", "muted", "edge", "faint", "arrow", "accent"];

export function themeOf(element) {
  const style = getComputedStyle(element);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const theme = Object.fromEntries(NAMES.map((name) => [name, colour(name)]));
  return { ...theme, hues: Array.from({ length: HUES }, (_, hue) => colour(`look-${hue}`)) };
}
