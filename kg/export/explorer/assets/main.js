// The page: reads what is embedded, shows it, and listens.

import { App, at } from "./app.js";
import { bear } from "./bearings.js";
import { listen } from "./gestures.js";
import { modelOf, read } from "./model.js";
import { captionOf } from "./painting.js";
import { offer } from "./offer.js";
import { listenSearch } from "./searchbox.js";
import { spoken } from "./sentences.js";
import { showTable } from "./table.js";
import { themeOf } from "./theme.js";
import { wordsOf } from "./words.js";

const REST = 400; // milliseconds after a movement until the address says where one is
const SHIFT = 90; // pixels a stage may grow or shrink (a phone's address bar) before the picture is laid out anew
const NARROW = matchMedia("(max-width: 860px)");

// Let the browser answer before the next piece of work.
const rest = () => new Promise((done) => { setTimeout(done); });

async function main() {
  const facts = JSON.parse(at("words").textContent);
  const data = await read(at("data"));
  await rest();
  const model = modelOf(data, facts.words.zh);
  await rest();
  bear(model);
  await rest();
  const app = new App(model, wordsOf(facts.words, "zh"), facts);
  app.picture.theme = themeOf(document.documentElement);
  offer(app);
  listenStage(app);
  listenControls(app);
  const box = listenSearch(app, at("search"), at("options"));
  app.speak("zh");
  listenAddress(app);
  at("search").focus({ preventScroll: true });
  at("page").classList.remove("loading");
  requestAnimationFrame(() =>
    setTimeout(() => {
      app.ready = true;
      performance.mark("kg-ready");
      setTimeout(box.begin, 30);
    }),
  );
}

// The address: what it names is shown; back and forward go from one view to the next.
function listenAddress(app) {
  const { picture } = app;
  const given = () => location.hash.replace(/^#/, "");
  app.trail = [given()];
  app.recall(given());
  window.addEventListener("hashchange", () => app.turned(given()));
  let timer = 0;
  picture.rested = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      app.state.camera = [picture.camera.x, picture.camera.y, picture.camera.k];
      app.remember(true);
    }, REST);
  };
}

// The size of the stage, the theme, and what is done on the picture.
function listenStage(app) {
  const { picture } = app;
  const size = () => {
    const { width, height } = app.stage();
    const before = { ...picture.camera };
    if (width === before.width && height === before.height) return;
    picture.resize(width, height, Math.min(2, window.devicePixelRatio || 1));
    const shift = Math.abs(width - before.width) + Math.abs(height - before.height);
    const free = app.state.camera === null && !NARROW.matches;
    if (app.scene !== null && (!app.ready || shift > SHIFT || free)) app.show();
  };
  size();
  new ResizeObserver(size).observe(at("stage"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    picture.theme = themeOf(document.documentElement);
    picture.renew();
  });
  const say = (row) => app.announce(app.scene.groups === null ? spoken(app, { kind: "entity", row })
    : captionOf(picture, row, Infinity));
  listen(picture, { choose: (found) => take(app, found), open: (row) => app.open(row), say });
}

// What is clicked: of a picture of communities, the community it stands for.
function take(app, found) {
  if (app.scene.groups !== null && found?.kind === "entity")
    app.look({ part: app.model.entities[found.row].community, whole: false });
  else app.choose(found);
}

function listenControls(app) {
  const { picture } = app;
  window.addEventListener("beforeprint", () => showTable(app, at("table"), app.places.table)); // a picture's rows, too
  const fold = () => {
    at("sidebar").open = !NARROW.matches;
  };
  NARROW.addEventListener("change", fold);
  fold();
  for (const tab of document.querySelectorAll("[role=tab]")) {
    tab.addEventListener("click", () => app.turn(tab.dataset.tab));
  }
  at("tabs").addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const tabs = [...document.querySelectorAll("[role=tab]")];
    const here = tabs.findIndex((tab) => tab.getAttribute("aria-selected") === "true");
    app.turn(tabs.at((here + (event.key === "ArrowRight" ? 1 : -1)) % tabs.length).dataset.tab);
    document.querySelector("[role=tab][aria-selected=true]").focus();
  });
  at("language").addEventListener("click", () => app.speak(app.words.language === "zh" ? "en" : "zh"));
  at("open-start").addEventListener("click", () => app.begin(true));
  at("nearer").addEventListener("click", () => picture.zoom(1.4));
  at("farther").addEventListener("click", () => picture.zoom(1 / 1.4));
  at("fit").addEventListener("click", () => picture.fit());
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    if (event.key === "Escape" && app.from !== null) app.ask(null);
    else if (event.key === "Escape" && app.state.selected !== null) app.choose(null);
    else if (event.key === "Escape") app.begin(false);
    if (event.key === "/" && event.target.tagName !== "INPUT") {
      event.preventDefault();
      at("search").focus();
    }
  });
}

main();
