// The state of the page, and what is shown again when a part of it changes.

import { showBar } from "./bar.js";
import { showFilters } from "./filters.js";
import { showFooter } from "./footer.js";
import { showPanel } from "./panel.js";
import { Picture } from "./picture.js";
import { sceneOf } from "./scene.js";
import { spoken } from "./sentences.js";
import { showTable } from "./table.js";

export const at = (id) => document.getElementById(id);

// `state`: what is looked at (centre, whole, filters), selected and open (tab). `past`: where one has been.
// `place`: what the table shows and how it is sorted.
export class App {
  constructor(model, words, facts) {
    Object.assign(this, { model, words, facts, past: [], scene: null, ready: false });
    const filters = { types: new Set(), predicates: new Set() };
    this.state = { centre: null, whole: false, filters, selected: null, tab: "picture" };
    this.place = { kind: "entities", sort: null, down: false, page: 0, followed: null };
    this.picture = new Picture(at("canvas"), model, words);
  }

  // Select { kind, row }, or nothing (null); an entity that is not in view is shown with what is around it.
  choose(selected) {
    this.state.selected = selected;
    const entity = selected?.kind === "entity" ? selected.row : null;
    if (entity !== null && !this.scene.nodes.includes(entity)) this.look({ centre: entity, whole: false });
    this.picture.mark({ selected, focused: entity ?? this.picture.focused });
    showPanel(this, at("panel"));
    if (this.state.tab === "table") showTable(this, at("table"), this.place);
    if (selected !== null) this.announce(spoken(this, selected));
  }

  // An entity and what is around it.
  open(row) {
    if (this.state.centre !== row) this.look({ centre: row, whole: false });
    this.choose({ kind: "entity", row });
  }

  // Look at another part of the graph, { centre, whole } or one of them; where one was is kept.
  look(change) {
    const { centre, whole } = this.state;
    this.past.push({ centre, whole });
    Object.assign(this.state, change);
    this.show();
  }

  back() {
    Object.assign(this.state, this.past.pop());
    this.show();
    const { selected, centre } = this.state;
    if (selected !== null && centre !== null) this.choose({ kind: "entity", row: centre });
  }

  // Filters, { types, predicates } or one of them.
  filter(change) {
    this.state.filters = { ...this.state.filters, ...change };
    this.show();
  }

  // Everything that depends on what is in view.
  show() {
    this.scene = sceneOf(this.model, this.state, this.stage());
    this.picture.show(this.scene);
    showBar(this, at("bar"));
    showFilters(this, at("filters"));
    if (this.state.tab === "table") showTable(this, at("table"), this.place);
    if (this.state.selected?.kind === "entity") showPanel(this, at("panel"));
    if (this.ready) this.announce(this.words.counted("shown", this.scene.nodes.length, this.model.entities.length));
  }

  // The size of the picture; while the table is shown, as it was.
  stage() {
    const { clientWidth: width, clientHeight: height } = at("stage");
    return width < 2 ? this.picture.camera : { width, height };
  }

  tab(name) {
    this.state.tab = name;
    for (const tab of document.querySelectorAll("[role=tab]")) {
      const here = tab.dataset.tab === name;
      tab.setAttribute("aria-selected", String(here));
      tab.tabIndex = here ? 0 : -1;
      at(tab.getAttribute("aria-controls")).hidden = !here;
    }
    if (name === "table") showTable(this, at("table"), this.place);
    else this.picture.ask();
  }

  // All words of the page in this language.
  speak(language) {
    const { words } = this;
    words.language = language;
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = words.t("title");
    const each = (attribute, put) => document.querySelectorAll(`[data-${attribute}]`)
      .forEach((element) => put(element, words.t(element.getAttribute(`data-${attribute}`))));
    each("t", (element, text) => { element.textContent = text; });
    each("t-label", (element, text) => element.setAttribute("aria-label", text));
    at("search").placeholder = words.t("placeholder");
    showFooter(this, at("footer"));
    this.show();
    showPanel(this, at("panel"));
  }

  announce(text) {
    at("live").textContent = text;
  }
}
