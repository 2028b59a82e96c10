// The state of the page, and what is shown again when a part of it changes.

import { freshState, namesOf, readState, written } from "./address.js";
import { showBar } from "./bar.js";
import { fillWith } from "./dom.js";
import { downloads } from "./downloads.js";
import { showComparison } from "./comparison.js";
import { noFilters } from "./facets.js";
import { showFilters } from "./filters.js";
import { showFooter } from "./footer.js";
import { showLines } from "./lines.js";
import { showPanel } from "./panel.js";
import { Picture } from "./picture.js";
import { sceneOf } from "./scene.js";
import { spoken } from "./sentences.js";
import { showTable } from "./table.js";
import { showTimeline } from "./timeline.js";
import { shortest } from "./walks.js";

export const at = (id) => document.getElementById(id);

const SHOWN = { table: showTable, compare: showComparison, timeline: showTimeline }; // all tabs but the picture
const TABS = ["picture", ...Object.keys(SHOWN)];
const NOWHERE = { centre: null, steps: 1, opened: new Set(), part: null, path: null, whole: false };

// `state`: what is looked at, filtered, selected and open, as address.js writes it. `places`: of each tab and of the
// filters, how they were left. `from`: the entity from which a path is asked for.
export class App {
  constructor(model, words, facts) {
    Object.assign(this, { model, words, facts, scene: null, ready: false, from: null, missed: null });
    this.state = freshState();
    this.names = namesOf(model);
    this.places = {
      table: { kind: "entities", sort: null, down: false, page: 0, followed: null },
      compare: {},
      timeline: {},
      filters: {},
    };
    this.picture = new Picture(at("canvas"), model, words);
    this.trail = [""]; // what stood after #, one view after another
    this.now = 0; // and which of them is shown
  }

  // Select { kind, row }, or nothing (null); an entity that is not in view is shown with what is around it.
  // `missed`: to which other entity no path was found from there.
  choose(selected, missed = null) {
    const entity = selected?.kind === "entity" ? selected.row : null;
    if (entity !== null && this.from !== null && this.from !== entity) {
      this.walk(this.from, entity);
      return;
    }
    Object.assign(this, { missed });
    this.state.selected = selected;
    if (entity !== null && !this.scene.nodes.includes(entity)) this.go({ ...NOWHERE, centre: entity });
    this.picture.mark({ selected, focused: entity ?? this.picture.focused });
    at("panel").classList.remove("aside");
    showPanel(this, at("panel"));
    this.showTab();
    this.remember();
    if (selected !== null) this.announce(spoken(this, selected));
  }

  // On a narrow page: bring up what the panel says at the beginning, or let it go.
  begin(open) {
    at("panel").classList.toggle("open", open);
    at(open ? "panel" : "open-start").focus();
  }

  // An entity and what is around it.
  open(row) {
    if (this.from === null && (this.state.centre !== row || this.state.path !== null))
      this.go({ ...NOWHERE, centre: row });
    this.choose({ kind: "entity", row });
  }

  // Look at another part of the graph; on a narrow page the panel does not cover it, until something is chosen there.
  look(change) {
    at("panel").classList.add("aside");
    this.go(change);
    this.remember();
  }

  go(change) {
    Object.assign(this.state, change, { camera: null });
    this.show();
  }

  // The shortest way between two entities, in the picture and, with the evidence of each step, in the panel.
  walk(from, to) {
    const path = shortest(this.model, this.state.filters, from, to);
    this.from = null;
    if (path === null) {
      this.choose({ kind: "entity", row: from }, to);
      showBar(this, at("bar"));
      this.announce(
        this.words.t("no_path", { a: this.model.entities[from].label, b: this.model.entities[to].label }),
      );
      return;
    }
    this.state.selected = null;
    this.picture.mark({ selected: null });
    this.look({ ...NOWHERE, path });
    at("panel").classList.remove("aside");
    showPanel(this, at("panel"));
  }

  // Ask for the other end of a path.
  ask(row) {
    Object.assign(this, { from: row, missed: null });
    showPanel(this, at("panel"));
    showBar(this, at("bar"));
    if (row === null) return;
    at("search").value = "";
    at("search").focus();
  }

  filter(change) {
    Object.assign(this.state.filters, change);
    this.missed = null;
    const { path } = this.state;
    this.go({ path: path && (shortest(this.model, this.state.filters, path.rows[0], path.rows.at(-1)) ?? path) });
    this.remember();
  }

  // All that is named so, wherever it is, and what is linked to it.
  named(folded) {
    this.state.selected = null;
    this.picture.mark({ selected: null });
    Object.assign(this.state, NOWHERE);
    this.filter({ words: new Set([folded]) });
  }

  clear() {
    this.filter(noFilters());
  }

  // Everything that depends on what is in view.
  show() {
    this.scene = sceneOf(this.model, this.state, this.stage());
    this.picture.show(this.scene, this.state.camera);
    showBar(this, at("bar"));
    showFilters(this, at("filters"), this.places.filters);
    showLines(this, at("lines"));
    this.showTab();
    showPanel(this, at("panel"));
    if (this.ready) this.announce(this.words.counted("shown", this.scene.nodes.length, this.model.entities.length));
  }

  showTab() {
    const { tab } = this.state;
    if (tab in SHOWN) SHOWN[tab](this, at(tab), this.places[tab]);
  }

  // The size of the picture; while another tab is shown, as it was.
  stage() {
    const { clientWidth: width, clientHeight: height } = at("stage");
    return width < 2 ? this.picture.camera : { width, height };
  }

  // A tab that was asked for; the panel does not cover it either.
  turn(name) {
    at("panel").classList.add("aside");
    at("panel").classList.remove("open");
    this.tab(name);
  }

  tab(name) {
    this.state.tab = name;
    for (const tab of document.querySelectorAll("[role=tab]")) {
      const here = tab.dataset.tab === name;
      tab.setAttribute("aria-selected", String(here));
      tab.tabIndex = here ? 0 : -1;
      at(tab.getAttribute("aria-controls")).hidden = !here;
    }
    showBar(this, at("bar"));
    if (name === "picture") this.picture.ask();
    else this.showTab();
    this.remember();
  }

  // Write the state into the address: as a step one can go back from, or, for the camera alone, in place of the last.
  remember(replacing = false) {
    if (!this.ready) return;
    const text = written(this.model, this.state);
    if (text === this.trail[this.now]) return;
    if (replacing) {
      this.trail[this.now] = text;
      location.replace(`#${text}`);
      return;
    }
    this.trail.splice(this.now + 1, Infinity, text);
    this.now += 1;
    location.hash = text;
    if (this.now === 1) showBar(this, at("bar"));
  }

  // The address is another one: that of a view before or after this one, or one that somebody typed.
  turned(text) {
    if (text === this.trail[this.now]) return;
    if (text === this.trail[this.now - 1]) this.now -= 1;
    else if (text === this.trail[this.now + 1]) this.now += 1;
    else this.trail.splice((this.now += 1), Infinity, text);
    this.recall(text);
  }

  // Take the state from the address.
  recall(text) {
    Object.assign(this, { from: null, missed: null });
    at("panel").classList.remove("aside");
    const walk = (from, to) => shortest(this.model, noFilters(), from, to);
    this.state = readState(text, this.model, this.names, { tabs: TABS, walk });
    this.picture.mark({ selected: this.state.selected });
    this.show();
    this.tab(this.state.tab);
  }

  // All words of the page in this language.
  speak(language) {
    const { words } = this;
    words.language = language;
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = words.t("title");
    const each = (attribute, put) =>
      document
        .querySelectorAll(`[data-${attribute}]`)
        .forEach((element) => put(element, words.t(element.getAttribute(`data-${attribute}`))));
    each("t", (element, text) => {
      element.textContent = text;
    });
    each("t-label", (element, text) => element.setAttribute("aria-label", text));
    at("search").placeholder = words.t("placeholder");
    showFooter(this, at("footer"));
    fillWith(at("downloads"), downloads(this));
    if (this.scene !== null) this.show();
  }

  announce(text) {
    at("live").textContent = text;
  }
}
