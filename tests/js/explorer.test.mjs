// The explorer's parts that need no page: run by `node --test tests/js`, and by tests/export/test_explorer.py.

import assert from "node:assert/strict";
import test from "node:test";

const assets = new URL("../../kg/export/explorer/assets/", import.meta.url);
const load = (name) => import(new URL(`${name}.js`, assets));
const { fold, foldedOf, isWeb, pieces, short, slice } = await load("text");
const { gathered } = await load("gathering");
const { find, indexOf } = await load("search");
const { counts, matching, noFilters } = await load("facets");
const { inView } = await load("views");
const { around, grid, placed } = await load("labels");
const { cameraOf, fit, toScene, toScreen, zoom } = await load("camera");
const { standingOf } = await load("overlay");
const { headsOf } = await load("painting");
const { branch, fan, groupsOf } = await load("fan");
const { classOf, HUES, looksOf, outline } = await load("shapes");
const { period, wordsOf } = await load("words");
const { sorted } = await load("table");

function graph() {
  const names = [["云溪县", "Place"], ["云溪县司法局", "Organisation"], ["云溪县发展改革委", "Organisation"],
    ["一窗通办平台", "Mechanism"], ["重阳热线", "Mechanism"]];
  const entities = names.map(([name, type], row) => ({ row, name, type, classes: [type], label: name, aliases: [], relations: [], figures: [] }));
  const relations = [[1, "establishes", 3], [2, "establishes", 4], [1, "cooperatesWith", 2], [1, "jurisdiction", 0]]
    .map(([subject, predicate, object], row) => ({ row, subject, predicate, object,
      facets: { types: [[names[subject][1]], [names[object][1]]], predicates: [predicate] } }));
  for (const { row, subject, object } of relations) for (const end of [subject, object]) entities[end].relations.push(row);
  entities[1].aliases.push("县局");
  const pinyin = { chars: "云溪县司法局发展改革委一窗通办平台重阳热线结率", except: [[4, 0, [0, "chong"]]],
    read: "yun xi xian si fa ju fa zhan gai ge wei yi chuang tong ban ping tai zhong yang re xian jie lv" };
  const documents = [{ row: 0, doc: "a.txt", title: "年度报告" }];
  return { entities, relations, metrics: [{ row: 0, id: "metric/0", name: "办结率" }], figures: [{ row: 0, metric: "办结率", phrase: "办结率", subject: [1], facets: { types: [["Organisation"]] } }], documents, pinyin,
    order: [1, 2, 0, 3, 4], first: [[1, 0, 0], [2, 9, 9]] };
}

test("labels are cut in the middle, titles keep their brackets", () => {
  assert.equal(short("盘"), "盘");
  const cut = short("《云溪县关于公证便民服务的若干工作措施》");
  assert.equal(Array.from(cut).length, 14);
  assert.match(cut, /^《.*….*》$/);
  assert.equal(short("a\u202eb\nc"), "a b c");
  assert.equal(short("《包头市政务服务提质增效行动方案（2022—2023年）》"), "《包头市政务…2023年）》", "no number is cut");
  assert.equal(short("《盘锦市12345热线诉求办理工作规程》"), "《盘锦市…理工作规程》");
  assert.equal(short("12345678901234567890"), "1234567…567890", "unless it is all there is");
});

test("text is counted in code points and marked by overlapping spans", () => {
  assert.equal(slice("𠮷野家合作社", 1, 3), "野家");
  const found = pieces("𠮷野县局", [{ start: 0, end: 4, name: "s" }, { start: 0, end: 3, name: "o" }]);
  assert.deepEqual(found, [{ text: "𠮷野县", names: ["s", "o"] }, { text: "局", names: ["s"] }]);
});

test("one width, no marks", () => {
  assert.equal(fold("１２３４５ “热线”"), "12345热线");
  assert.equal(fold("ＬÜ"), "lu");
});

test("only web addresses are links", () => {
  assert.ok(isWeb("https://example.org/a?b=c"));
  for (const bad of ["javascript:alert(1)", " https://a", "data:text/html,x", "https://a\u0000b", "//a.b", "HTTPS://a b"]) assert.ok(!isWeb(bad), bad);
});

test("found by characters, pinyin, initials; by how a character is read there", () => {
  const model = graph();
  const index = indexOf(model);
  const first = (typed) => find(model, index, typed).entities[0];
  assert.equal(first("司法局"), 1);
  assert.equal(first("县局"), 1);
  assert.equal(first("yunxixianfazhan"), 2);
  assert.equal(first("yxxfzggw"), 2);
  assert.equal(first("ycypt"), undefined);
  assert.equal(first("yctbpt"), 3);
  assert.equal(first("chongyang"), 4);
  assert.deepEqual(find(model, index, "“”").entities, []);
  assert.deepEqual(find(model, index, "办结").metrics, ["办结率"]);
  assert.deepEqual(find(model, index, "年度").documents, [0]);
});

test("metrics are found as entities are: by pinyin, initials and phrases, the whole name first", () => {
  const model = graph();
  for (const [row, metric, phrase] of [[1, "公证办结率", "公证办结率"], [2, "案件办结率的提高", "办案率"]]) {
    model.metrics.push({ row, id: `metric/${row}`, name: metric });
    model.figures.push({ ...model.figures[0], row, metric, phrase });
  }
  const index = indexOf(model);
  assert.deepEqual(find(model, index, "办结率").metrics, ["办结率", "公证办结率", "案件办结率的提高"]);
  assert.deepEqual(find(model, index, "banjielv").metrics.slice(0, 1), ["办结率"]);
  assert.deepEqual(find(model, index, "bjl").metrics.slice(0, 1), ["办结率"]);
  assert.deepEqual(find(model, index, "办案率").metrics, ["案件办结率的提高"], "by a phrase");
});

test("pinyin is found at the beginning of syllables only", () => {
  const model = graph();
  assert.deepEqual(find(model, indexOf(model), "ian").entities, []);
});

test("filters of one kind add, kinds restrict; counts are of the whole graph", () => {
  const model = graph();
  const filters = { ...noFilters(), types: new Set(["Organisation", "Mechanism"]), predicates: new Set(["establishes"]) };
  assert.deepEqual(matching(model, filters), [1, 2, 3, 4]);
  const found = counts(model, filters);
  assert.deepEqual([...found.types], [["Place", 0], ["Organisation", 2], ["Mechanism", 2]]);
  assert.deepEqual([...found.predicates], [["establishes", 2], ["cooperatesWith", 1], ["jurisdiction", 0]]);
});

test("words are looked for in names, aliases and metrics, wherever they stand", () => {
  const model = graph();
  const named = (rows) => () => rows.map((row) => foldedOf(model.entities[row])).join("\n");
  for (const relation of model.relations) relation.facets.words = named([relation.subject, relation.object]);
  model.figures[0].facets.words = () => `办结率\n${named([1])()}`;
  const of = (...words) => matching(model, { ...noFilters(), words: new Set(words) });
  assert.deepEqual(of("热线"), [2, 4], "what is named so, and what is linked to it");
  assert.deepEqual(of("县局"), [1, 2, 0, 3], "by an alias");
  assert.deepEqual(of("办结率"), [1], "the subject of a figure");
  assert.deepEqual(of("没有"), []);
  model.relations = [];
  assert.deepEqual(of("热线"), [4], "what has no relation, too");
  assert.equal(find(model, indexOf(model), "云溪").named, 3);
});

test("a few entities are gathered: none covers another, order is kept, gaps are closed", () => {
  const places = [[0, 0], [10, 4], [9000, 8], [9010, 9000], [5, 9020]];
  const found = gathered(places, [6, 6, 20, 6, 6], 1.5);
  found.forEach(([x, y], at) => found.slice(at + 1).forEach(([a, b]) =>
    assert.ok(Math.abs(x - a) >= 90 || Math.abs(y - b) >= 38)));
  assert.ok(found[0][0] < found[2][0] && found[0][1] < found[3][1]);
  assert.ok(Math.max(...found.map(([x]) => x)) < 900);
  assert.deepEqual(gathered([[7, 7]], [4], 1), [[0, 0]]);
  assert.deepEqual(gathered([], [], 1), []);
});

test("the first view, all, and what is around one", () => {
  const model = graph();
  const view = (centre, whole) => inView({ ...model, crowd: 9 },
    { filters: noFilters(), centre, whole, path: null, part: null, steps: 1, opened: new Set() });
  const { nodes, edges, matched, kind } = view(null, false);
  assert.deepEqual([nodes, edges, matched, kind], [[1, 2], [2], 5, "first"]);
  assert.equal(view(null, true).nodes.length, 5);
  const near = view(1, false);
  assert.deepEqual([near.nodes, near.edges, near.matched, near.kind], [[1, 2, 0, 3], [0, 2, 3], 4, "fan"]);
});

test("labels overlap neither each other nor another's node", () => {
  const taken = grid();
  const items = Array.from({ length: 300 }, (_, at) =>
    ({ own: at, row: at, x: 20 + ((at * 137) % 760), y: 20 + ((at * 71) % 560), radius: 5, side: 0, texts: [{ text: "云溪县", width: 40 }] }));
  for (const { own, x, y, radius } of items) taken.add(around(x, y, radius, own));
  const found = placed(items, taken, { width: 800, height: 600 });
  assert.ok(found.length > 20);
  found.forEach(({ box: a }, at) => found.slice(at + 1).forEach(({ box: b }) =>
    assert.ok(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top)));
});

test("a label stands aslant where no side is free", () => {
  const taken = grid();
  const stage = { width: 300, height: 300 };
  for (const box of [[100, 140, 112, 130], [156, 200, 140, 150], [60, 136, 140, 150], [130, 152, 155, 175]])
    taken.add({ left: box[0], right: box[1], top: box[2], bottom: box[3], own: -1 });
  const [found] = placed([{ own: 1, row: 1, x: 146, y: 145, radius: 6, texts: [{ text: "a", width: 30 }], side: 0 }], taken, stage);
  assert.ok(found.left > 146, "right of it, and above or below");
});

test("what is selected keeps its label where it was, while nothing moves", () => {
  const camera = { ...cameraOf(400, 400), k: 2 };
  const labels = [{ row: 0, text: "a" }, { row: 1, text: "b" }];
  assert.deepEqual([...standingOf({ camera, kept: { ...camera }, labels }, [1, 7]).keys()], [1]);
  assert.equal(standingOf({ camera, kept: { ...camera, x: 5 }, labels }, [1]).size, 0);
});

test("arrows are small where many end at one node", () => {
  const model = graph();
  const scene = { x: [0, 0, 0, 0, 0], y: [0, 0, 0, 0, 0], nodes: [], groups: null, centre: null, screen: true, busiest: 3 };
  const picture = { model, scene, camera: cameraOf(400, 400) };
  assert.deepEqual(headsOf(picture, [0, 1]).map(({ size }) => size), [7, 7]);
  assert.equal(headsOf(picture, Array(20).fill(0))[0].size, 3.5);
});

test("what is under the hand stays there while zooming", () => {
  const camera = cameraOf(800, 600);
  fit(camera, { left: -100, right: 300, top: 0, bottom: 90 }, { left: 10, right: 10, top: 10, bottom: 10 }, { most: 2, least: 0 });
  const before = toScene(camera, 123, 456);
  zoom(camera, 1.7, 123, 456);
  const [x, y] = toScreen(camera, ...before);
  assert.ok(Math.abs(x - 123) < 1e-6 && Math.abs(y - 456) < 1e-6);
});

test("a tree: subjects left, objects right, no two at one place, lines from subject to object", () => {
  const model = graph();
  assert.deepEqual(groupsOf(model, 2, [1, 2]).map(({ out, ends }) => [out, ends]), [[false, [1]], [true, [4]]]);
  const { at, forks } = fan(model, 2, [1, 2], { width: 900, height: 600 });
  assert.ok(at.get(1).x < 0 && at.get(4).x > 0);
  const fork = forks.find(({ group }) => group.ends.includes(1));
  const line = branch(fork, at.get(1), false);
  assert.deepEqual(line.slice(0, 2), [at.get(1).x, at.get(1).y]);
  assert.deepEqual(line.slice(-2).map(Math.abs), [0, 0]);
  const narrow = fan(model, 2, [1, 2], { width: 390, height: 600 });
  assert.ok(narrow.at.get(1).x > 0 && narrow.at.get(4).x > 0);
});

const KINDS = { Organisation: ["government", "party", "court", "procuratorate", "legislature", "consultative", "institution",
  "association", "company", "unit", null], Place: ["county", "province"], Policy: ["document", "programme", null],
Mechanism: [null], Zoo: [null], Metric: ["odd"], Alien: [null], constructor: ["toString"] };

test("every class has a shape of its own, those of a type one colour, other types are stars", () => {
  const entities = Object.entries(KINDS).flatMap(([type, kinds]) => kinds.map((kind) => ({ type, kind })));
  const looks = looksOf(entities);
  assert.equal(looks.size, 11 + 1 + 3 + 1 + 4);
  assert.equal(new Set([...looks.values()].map((look) => outline(look, 5))).size, looks.size);
  const colours = new Set([...looks.values()].map(({ type, hue }) => `${type} ${hue}`));
  assert.equal(colours.size, Object.keys(KINDS).length);
  for (const { hue } of looks.values()) assert.ok(hue >= 0 && hue < HUES);
  const four = ["Organisation", "Place", "Policy", "Mechanism"].map((type) => looks.get(type).hue);
  assert.equal(new Set(four).size, 4);
  assert.equal(classOf({ type: "Place", kind: "county" }), "Place");
  assert.equal(classOf({ type: "Organisation", kind: "court" }), "court");
  assert.deepEqual([...looksOf([{ type: "Policy", kind: "document" }]).keys()], ["document"]);
});

test("large numbers of a scale are said shortly", () => {
  const words = wordsOf({ zh: {}, en: {} }, "zh");
  assert.deepEqual([0, 2500, 10500000, 250000].map(words.round), ["0", "2,500", "1050万", "25万"]);
  words.language = "en";
  assert.equal(words.round(10500000), "10.5M");
});

test("sentences, periods and unknown words", () => {
  const zh = { sentences: { issues: "{s}印发{o}" }, names: { issues: "印发" }, values: {}, incoming: {}, until: "截至{date}", range: "{from}至{to}" };
  const words = wordsOf({ zh }, "zh");
  assert.deepEqual(words.sentence("issues"), { before: "", between: "印发", after: "" });
  assert.deepEqual(words.sentence("eats"), { before: "", between: " eats ", after: "" });
  assert.equal(period(words, "../2022-04"), "截至2022-04");
  assert.equal(period(words, "2022-01/2022-03"), "2022-01至2022-03");
  assert.equal(words.t("nothing"), "nothing");
  for (const name of ["__proto__", "constructor", "toString"]) assert.equal(words.name(name), name);
});

test("rows are sorted by number or by reading, empty ones last, equal ones as they were", () => {
  assert.deepEqual(sorted([0, 1, 2], { value: (row) => [9, 10, 9][row], number: true }, true, "zh"), [1, 0, 2]);
  assert.deepEqual(sorted([0, 1, 2, 3], { value: (row) => ["", "云", "安", "柳"][row] }, false, "zh"), [2, 3, 1, 0]);
});
