// The search box: a list under it while one types; arrows and Enter, or a click, choose.

import { fillWith, glyph, h } from "./dom.js";
import { find, indexing } from "./search.js";
import { fold } from "./text.js";

const STEP = 1000; // entities whose names are spelt at once while the page rests

export function listenSearch(app, input, list) {
  const box = { app, input, list, options: [], at: -1, index: null, steps: indexing(app.model, STEP) };
  const step = () => { box.index ??= box.steps.next().value; };
  box.prepare = () => { while (box.index === null) step(); };
  box.begin = () => {
    step();
    if (box.index === null) setTimeout(box.begin);
  };
  input.addEventListener("input", () => { if (!input.dataset.composing) show(box); });
  input.addEventListener("compositionstart", () => { input.dataset.composing = "1"; });
  input.addEventListener("compositionend", () => {
    delete input.dataset.composing;
    show(box);
  });
  input.addEventListener("focus", () => {
    input.select();
    if (input.value !== "") show(box);
  });
  input.addEventListener("blur", () => hide(box));
  input.addEventListener("keydown", (event) => key(box, event));
  return box;
}

function show(box) {
  const { app, input, list } = box;
  box.prepare();
  const found = find(app.model, box.index, input.value);
  box.options = [
    ...found.entities.map((row) => ({ kind: "entity", row })),
    ...(found.named > 1 ? [{ kind: "words", row: input.value.trim(), count: found.named }] : []),
    ...found.metrics.map((metric) => ({ kind: "metric", row: metric })),
    ...found.documents.map((row) => ({ kind: "document", row })),
  ];
  const empty = fold(input.value) !== "" && box.options.length === 0;
  fillWith(list, box.options.map((option, at) => optionOf(box, option, at)),
    empty ? h("li", { class: "none", role: "option", "aria-disabled": "true" }, app.words.t("not_found")) : null);
  const open = box.options.length > 0 || empty;
  list.hidden = !open;
  input.setAttribute("aria-expanded", String(open));
  point(box, box.options.length > 0 ? 0 : -1);
  if (fold(input.value) !== "") app.announce(app.words.counted("found", box.options.length));
}

function optionOf(box, { kind, row, count }, at) {
  const { model, words } = box.app;
  const choose = (event) => {
    event.preventDefault();
    take(box, at);
  };
  const sign = () => h("span", { class: "sign", "aria-hidden": "true" }, "⌕");
  const parts = kind === "entity" ? entityParts(box, model.entities[row])
    : kind === "words" ? [sign(), h("span", { class: "every" },
      words.t("all_named", { name: row, n: words.number(count) }))]
      : [h("span", { class: "sign", "aria-hidden": "true" }), h("span", { class: "han", lang: "zh-CN" },
        kind === "metric" ? row : model.documents[row].title || model.documents[row].doc,
        kind === "metric" ? aliasOf(box, row, calledOf(box, row)) : null),
      h("span", { class: "hint" }, words.t(kind))];
  return h("li", { id: `option-${at}`, role: "option", "aria-selected": "false", mousedown: choose }, parts);
}

// The name; where another name was found, that too; the type.
function entityParts(box, entity) {
  const { words } = box.app;
  return [glyph(entity.look), h("span", { class: "han", lang: "zh-CN" }, entity.label,
    aliasOf(box, entity.name, entity.aliases)),
  h("span", { class: "hint" }, words.name(entity.type), " ", words.number(entity.relations.length))];
}

// Another name, if it is that one which was found.
function aliasOf(box, name, others) {
  const typed = fold(box.input.value);
  const has = (one) => fold(one).includes(typed);
  const alias = has(name) ? undefined : (others.find((one) => fold(one) === typed) ?? others.find(has));
  return alias === undefined ? null : h("span", { class: "alias" }, ` ${alias}`);
}

const calledOf = ({ index }, row) => index.metrics.find(({ metric }) => metric === row).called;

function point(box, at) {
  const options = box.list.querySelectorAll("[id]");
  options.forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
  box.at = at;
  if (at >= 0) {
    box.input.setAttribute("aria-activedescendant", `option-${at}`);
    options[at].scrollIntoView({ block: "nearest" });
  } else box.input.removeAttribute("aria-activedescendant");
}

function hide(box) {
  box.list.hidden = true;
  box.input.setAttribute("aria-expanded", "false");
  box.input.removeAttribute("aria-activedescendant");
}

function take(box, at) {
  const { kind, row } = box.options[at];
  hide(box);
  if (kind === "entity") box.app.open(row);
  else if (kind === "words") box.app.named(fold(row));
  else box.app.choose({ kind, row });
}

function key(box, event) {
  if (event.isComposing) return;
  const count = box.options.length;
  const open = !box.list.hidden;
  if (event.key === "ArrowDown" && open && count > 0) point(box, (box.at + 1) % count);
  else if (event.key === "ArrowUp" && open && count > 0) point(box, (box.at + count - 1) % count);
  else if (event.key === "Enter" && open && box.at >= 0) take(box, box.at);
  else if (event.key === "Escape" && open) hide(box);
  else return;
  event.preventDefault();
}
