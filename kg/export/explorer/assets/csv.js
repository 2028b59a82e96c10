// Rows of a table → CSV that Excel opens as what it is: with BOM, no cell taken for a formula.

import { columnsOf } from "./columns.js";
import { documentOf, newestFirst } from "./evidences.js";
import { passageOf } from "./passages.js";

const FORMULA = new Set(["=", "+", "-", "@", "\t", "\r", "\n"]);

// A cell: ' before what would begin a formula, quotation marks around what needs them.
export function cellOf(value) {
  if (typeof value === "number") return String(value);
  const text = value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff]/gu, "\ufffd");
  const risky = FORMULA.has(text.slice(0, 1).normalize("NFKC")) && !/^-\d+(\.\d+)?$/.test(text);
  const safe = risky ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// What the table shows, and the newest passage with its document.
export function csvOf(app, kind, rows) {
  const columns = columnsOf(app)[kind];
  const said = kind === "entities" ? null : app.model[kind];
  const heads = [
    ...columns.map(({ key }) => app.words.t(key)),
    ...(said ? ["passage", "document", "file"].map((key) => app.words.t(key)) : []),
  ];
  const lines = rows.map((row) => [
    ...columns.map(({ value }) => value(row)),
    ...(said ? source(app.model, said[row]) : []),
  ]);
  return `\ufeff${[heads, ...lines].map((cells) => cells.map(cellOf).join(",")).join("\r\n")}\r\n`;
}

function source(model, { evidence }) {
  if (evidence.length === 0) return ["", "", ""];
  const [first] = newestFirst(model, evidence);
  const { title, doc } = model.documents[documentOf(model, first)];
  return [passageOf(model, first[0]).text, title ?? "", doc];
}
