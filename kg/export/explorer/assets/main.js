// The page: reads what is embedded, shows it, and listens.

import { App, at } from "./app.js";
import { listen } from "./gestures.js";
import { modelOf, read } from "./model.js";
import { offer } from "./offer.js";
import { listenSearch } from "./searchbox.js";
import { spoken } from "./sentences.js";
import { looksOf } from "./shapes.js";
import { themeOf } from "./theme.js";
import { wordsOf } from "./words.js";

const SHIFT = 90; // pixels a stage may grow or shrink (a phone's address bar) before the picture is laid out anew

async function main() {
  const facts = JSON.parse(at("words").textContent);
  const model = modelOf(await read(at("data")), facts.words.zh.titled);
  model.looks = looksOf(new Set(model.entities.map(({ type }) => type)));
  const app = new App(model, wordsOf(facts.words, "zh"), facts);
  app.picture.theme = themeOf(document.documentElement);
  offer(app);
  listenStage(app);
  listenControls(app);
  const box = listenSearch(app, at("search"), at("options"));
  app.speak("zh");
  at("search").focus({ preventScroll: true });
  at("page").classList.remove("loading");
  requestAnimationFrame(() => setTimeout(() => {
    app.ready = true;
    performance.mark("kg-ready");
    setTimeout(box.prepare, 50);
  }));
}

// The size of the stage, the theme, and what is done on the picture.
function listenStage(app) {
  const { picture } = app;
  const size = () => {
    const { width, height } = app.stage();
    const before = { ...picture.camera };
    if (width === before.width && height === before.height) return;
    picture.resize(width, height, Math.min(2, window.devicePixelRatio || 1));
    if (app.scene !== null && Math.abs(width - before.width) + Math.abs(height - before.height) > SHIFT) app.show();
  };
  size();
  new ResizeObserver(size).observe(at("stage"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    picture.theme = themeOf(document.documentElement);
    picture.renew();
  });
  const say = (row) => app.announce(spoken(app, { kind: "entity", row }));
  listen(picture, { choose: (found) => app.choose(found), open: (row) => app.open(row), say });
}

function listenControls(app) {
  const { picture } = app;
  const narrow = matchMedia("(max-width: 860px)");
  const fold = () => { at("sidebar").open = !narrow.matches; };
  narrow.addEventListener("change", fold);
  fold();
  for (const tab of document.querySelectorAll("[role=tab]")) {
    tab.addEventListener("click", () => app.tab(tab.dataset.tab));
  }
  at("tabs").addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    app.tab(app.state.tab === "picture" ? "table" : "picture");
    document.querySelector("[role=tab][aria-selected=true]").focus();
  });
  at("language").addEventListener("click", () => app.speak(app.words.language === "zh" ? "en" : "zh"));
  at("nearer").addEventListener("click", () => picture.zoom(1.4));
  at("farther").addEventListener("click", () => picture.zoom(1 / 1.4));
  at("fit").addEventListener("click", () => picture.fit());
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    if (event.key === "Escape" && app.state.selected !== null) app.choose(null);
    if (event.key === "/" && event.target.tagName !== "INPUT") {
      event.preventDefault();
      at("search").focus();
    }
  });
}

main();
