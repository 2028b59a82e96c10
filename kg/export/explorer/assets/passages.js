// A passage of the embedded excerpts → the words of a quote and of what stands around it, cut at line ends.

import { size, slice } from "./text.js";

const AROUND = 60; // as in passages.py

export function passageOf(model, row) {
  const { excerpt, start, length } = model.passages[row];
  const { doc, start: from, text } = model.excerpts[excerpt];
  const before = slice(text, Math.max(0, start - AROUND), start);
  const after = slice(text, start + length, start + length + AROUND);
  const line = before.lastIndexOf("\n") + 1;
  const next = after.indexOf("\n");
  return {
    doc,
    start: from + start,
    before: before.slice(line),
    text: slice(text, start, start + length),
    after: next < 0 ? after : after.slice(0, next),
    cutBefore: line === 0 && size(before) === AROUND,
    cutAfter: next < 0 && size(after) === AROUND,
  };
}
