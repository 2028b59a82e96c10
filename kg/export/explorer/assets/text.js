// Strings: code points, widths, cutting in the middle, highlighting by spans. Nothing here knows the page.

const ASTRAL = /[\ud800-\udfff]/;
const IGNORED = /[\s\p{P}\p{S}\u200b-\u200f\u202a-\u202e\u2066-\u2069]/gu;
const ACCENTS = /[\u0300-\u036f]/g;

// Characters start to end, counted as Python counts them (code points).
export function slice(text, start, end) {
  return ASTRAL.test(text) ? Array.from(text).slice(start, end).join("") : text.slice(start, end);
}

export function size(text) {
  return ASTRAL.test(text) ? Array.from(text).length : text.length;
}

// One width, lower case, without blanks, marks and accents: the form in which words are compared.
export function fold(text) {
  return text.normalize("NFKD").replace(ACCENTS, "").normalize("NFKC").toLowerCase().replace(IGNORED, "");
}

// All names of an entity as they are compared, each in a line of its own; made once.
export function foldedOf(entity) {
  entity.folded ??= [entity.name, ...entity.aliases].map(fold).join("\n");
  return entity.folded;
}

// A label of at most `most` characters: cut in the middle, brackets of a title kept.
export function short(label, most = 14) {
  const chars = Array.from(label.slice(0, 400).replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim());
  if (chars.length <= most) return chars.join("");
  const tail = tailOf(chars, Math.floor((most - 1) / 2), most - 5);
  return chars.slice(0, headOf(chars, most - 1 - tail)).join("") + "…" + chars.slice(-tail).join("");
}

// How many of the last and of the first characters stay: so many, or more and fewer, lest a number is cut in two.
function tailOf(chars, least, most) {
  const tail = least + runOf(chars, chars.length - least);
  return tail <= most ? tail : least;
}

function headOf(chars, most) {
  const head = most - runOf(chars, most);
  return head > 2 ? head : most;
}

// How many digits of one number stand before this place, if it goes on there.
function runOf(chars, at) {
  const digit = (where) => /[0-9０-９]/.test(chars[where] ?? "");
  let from = at;
  if (digit(at)) while (digit(from - 1)) from -= 1;
  return at - from;
}

// The pieces of a text between the ends of the given spans, each with the names of the spans that cover it.
export function pieces(text, spans) {
  const length = size(text);
  const ends = new Set([0, length]);
  for (const { start, end } of spans) {
    ends.add(Math.min(start, length));
    ends.add(Math.min(end, length));
  }
  const cuts = [...ends].sort((a, b) => a - b);
  return cuts.slice(1).map((end, at) => ({
    text: slice(text, cuts[at], end),
    names: [...new Set(spans.filter((span) => span.start <= cuts[at] && span.end >= end).map((span) => span.name))],
  }));
}

// A flat list of numbers as spans of one name: [2, 6, 9, 11] gives two.
export function spansOf(numbers, name) {
  const found = [];
  for (let at = 0; at + 1 < numbers.length; at += 2) found.push({ start: numbers[at], end: numbers[at + 1], name });
  return found;
}

// Only plain web addresses may become links.
export function isWeb(text) {
  return /^https?:\/\/[^\s"'<>\\^`{|}\p{Cc}\p{Cf}]+$/iu.test(text);
}
