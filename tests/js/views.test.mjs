// The explorer's walks, times, measures, addresses and files, without a page: run by `node --test tests/js`.

import assert from "node:assert/strict";
import test from "node:test";

const assets = new URL("../../kg/export/explorer/assets/", import.meta.url);
const load = (name) => import(new URL(`${name}.js`, assets));
const { momentOf, sureness } = await load("bearings");
const { noFilters } = await load("facets");
const { reached, shortest } = await load("walks");
const { inView } = await load("views");
const { columnsOf } = await load("levels");
const { comparisonOf, contradicts, metricsOf, trendsOf } = await load("measures");
const { ticksOf } = await load("scale");
const { spanOf } = await load("times");
const { freshState, namesOf, readState, written } = await load("address");
const { cellOf } = await load("csv");
const { pathOf } = await load("turtle");
const { xml } = await load("xml");

// A path 0 – 1 – 2 – 3 with a way around by 4, and 5 alone.
function graph() {
  const entities = Array.from({ length: 6 }, (_, row) => ({
    row,
    id: `place/${row}`,
    type: "Place",
    label: String(row),
    relations: [],
    figures: [],
    community: row < 4 ? 0 : 1,
  }));
  const relations = [
    [0, 1],
    [1, 2],
    [2, 3],
    [0, 4],
    [4, 3],
  ].map(([subject, object], row) => ({
    row,
    subject,
    predicate: "within",
    object,
    key: `${subject} ${object}`,
    facets: { types: [["Place"], ["Place"]], predicates: ["within"] },
  }));
  for (const { row, subject, object } of relations)
    for (const end of [subject, object]) entities[end].relations.push(row);
  return {
    entities,
    relations,
    documents: [],
    figures: [],
    order: [0, 1, 2, 3, 4, 5],
    first: [[0, 0, 0]],
    crowd: 5,
    communities: [
      [0, 0],
      [9, 9],
    ],
    parts: [[], [[5, 0, 0]]],
  };
}

test("a period ends when it ends, and begins where it is open", () => {
  assert.equal(momentOf("2022-01/2022-08"), "2022-08");
  assert.equal(momentOf("../2024-06-20"), "2024-06-20");
  assert.equal(momentOf("2023/.."), "2023");
  for (const none of [null, "", "soon", "2022-13", "<b>/<i>"]) assert.equal(momentOf(none), "");
});

test("the best evidence decides how sure a statement is", () => {
  assert.deepEqual(
    [[0.95, 0.1], [0.7], [0.69], [0.2], []].map((all) => sureness(all.map((n) => [0, -1, n]))),
    [0, 1, 2, 3, 3],
  );
});

test("a walk shows what is so many steps away, counts the rest, and opens one node more", () => {
  const model = graph();
  const of = (change) => reached(model, noFilters(), 0, { steps: 1, opened: new Set(), most: Infinity, ...change });
  assert.deepEqual(
    [...of({}).levels],
    [
      [0, 0],
      [1, 1],
      [4, 1],
    ],
  );
  assert.equal(of({ steps: 2 }).levels.size, 5);
  assert.deepEqual([...of({ opened: new Set([1]) }).levels.keys()], [0, 1, 4, 2]);
  const part = of({ steps: 3, most: 3 });
  assert.equal(part.levels.size, 3);
  assert.equal(part.matched, 5);
  assert.ok(part.more.size > 0);
  const places = [...columnsOf(of({ steps: 2 }), 0).values()].map(({ x, y }) => `${x} ${y}`);
  assert.equal(new Set(places).size, 5);
});

test("the shortest way, under the filters", () => {
  const model = graph();
  assert.deepEqual(shortest(model, noFilters(), 0, 3), { rows: [0, 4, 3], links: [[3], [4]] });
  assert.equal(shortest(model, noFilters(), 0, 5), null);
  assert.equal(shortest(model, { ...noFilters(), predicates: new Set(["issues"]) }, 0, 3), null);
});

test("above the crowd communities stand for entities, and all are counted", () => {
  const state = { ...freshState(), whole: true };
  const view = inView(graph(), state);
  assert.equal(view.kind, "groups");
  assert.deepEqual(
    [...view.groups],
    [
      [0, 4],
      [4, 2],
    ],
  );
  assert.deepEqual(
    view.ties.map((tie) => tie.toSorted()),
    [
      [0, 4],
      [0, 4],
    ],
  );
  assert.equal(view.listed.nodes.length, 6);
  assert.equal(view.listed.edges.length, 5);
  const part = inView(graph(), { ...state, part: 1 });
  assert.deepEqual([part.nodes, part.matched], [[4, 5], 2]);
});

function figure(row, changes) {
  return {
    row,
    metric: "办结率",
    value: "95",
    upper: null,
    unit: "%",
    bound: "exact",
    subject: [0],
    place: 0,
    doc: 0,
    year: "2022",
    period: "2022",
    status: "actual",
    facets: {},
    ...changes,
  };
}

test("one metric, one unit: rows are places, columns years, the rest is counted", () => {
  const figures = [
    figure(0, {}),
    figure(1, { value: "97", year: "2023", status: "target" }),
    figure(2, { place: 1, year: "" }),
    figure(3, { place: -1 }),
    figure(4, { unit: "件" }),
    figure(5, { metric: "按时办结率", place: 2 }),
  ];
  const found = comparisonOf({ figures }, { metric: "办结率", alike: false, unit: null }, noFilters());
  assert.deepEqual(found.units, [
    ["%", 4],
    ["件", 1],
  ]);
  assert.deepEqual(found.years, ["2022", "2023", ""]);
  assert.deepEqual(
    found.rows.map(({ place, cells }) => [place, [...cells]]),
    [
      [
        0,
        [
          ["2022", [0]],
          ["2023", [1]],
        ],
      ],
      [1, [["", [2]]]],
    ],
  );
  assert.equal(found.unplaced, 1);
  const alike = comparisonOf({ figures }, { metric: "办结率", alike: true, unit: "%" }, noFilters());
  assert.equal(alike.rows.length, 3);
  assert.deepEqual(
    metricsOf({ figures }, noFilters()).map(({ metric, places, years }) => [metric, places.size, years.size]),
    [
      ["办结率", 2, 2],
      ["按时办结率", 1, 1],
    ],
  );
});

test("figures contradict each other if only the amount differs", () => {
  assert.ok(contradicts(figure(0, {}), figure(1, { value: "94" })));
  assert.ok(contradicts(figure(0, {}), figure(1, { bound: "over" })));
  assert.ok(!contradicts(figure(0, {}), figure(1, { value: "95.0" })));
  for (const other of [
    { year: "2021", period: "2021" },
    { status: "target" },
    { unit: "件" },
    { subject: [1] },
    { metric: "x" },
  ]) {
    assert.ok(!contradicts(figure(0, {}), figure(1, { value: "94", ...other })), JSON.stringify(other));
  }
});

test("ticks are round and hold all values", () => {
  assert.deepEqual(ticksOf(0, 100, 5), [0, 20, 40, 60, 80, 100]);
  for (const [least, most] of [
    [91.5, 97.2],
    [5, 5],
    [0, 0],
    [-3, 12],
    [78, 100],
    [1, 2e9],
    [0.001, 0.002],
  ]) {
    const ticks = ticksOf(least, most, 6);
    assert.ok(
      ticks[0] <= least && ticks.at(-1) >= most && ticks.length >= 2 && ticks.length < 12,
      `${least} ${most}: ${ticks}`,
    );
  }
});

test("bars for every year and month between, far-off ones apart", () => {
  assert.deepEqual(spanOf(["2021", "2023"], 1), ["2021", "2022", "2023"]);
  assert.deepEqual(spanOf(["2021-11", "2022-02"], 12), ["2021-11", "2021-12", "2022-01", "2022-02"]);
  assert.deepEqual(spanOf(["1949", "2023"], 1), ["1949", "2023"]);
});

test("an address says what is looked at, and is read back", () => {
  const model = { ...graph(), figures: [{ row: 0, id: "figure/1", metric: "办结率 &=" }] };
  const names = namesOf(model);
  const walk = (from, to) => shortest(model, noFilters(), from, to);
  const read = (text) => readState(text, model, names, { tabs: ["picture", "compare"], walk });
  const state = {
    ...freshState(),
    centre: 1,
    steps: 2,
    opened: new Set([2]),
    selected: { kind: "metric", row: "办结率 &=" },
    tab: "compare",
    filters: { ...noFilters(), places: new Set([3]), years: new Set(["", "2022"]), sureness: new Set([2]) },
    compare: { metric: "办结率 &=", alike: true, unit: "%" },
    camera: [1, -2.5, 0.75],
  };
  assert.deepEqual(read(written(model, state)), state);
  assert.deepEqual(read(written(model, { ...freshState(), path: walk(0, 3) })).path, walk(0, 3));
  assert.deepEqual(read(""), freshState());
  assert.deepEqual(
    read(
      "centre=x&pick=constructor+x&tab=__proto__&camera=1+1+Infinity&part=7&steps=-4&path=place/0&path=place/5&places=x",
    ),
    freshState(),
  );
});

test("cells of CSV are no formulas", () => {
  assert.deepEqual(["=1", "＝1", "-5", "-x", "+1", "@a", "a,b", 'q"', 7].map(cellOf), [
    "'=1",
    "'＝1",
    "-5",
    "'-x",
    "'+1",
    "'@a",
    '"a,b"',
    '"q"""',
    "7",
  ]);
});

test("names in XML and in IRIs", () => {
  assert.equal(xml('<a b="&">\u0000'), "&lt;a b=&quot;&amp;&quot;&gt;\ufffd");
  assert.equal(pathOf("policy/“放管服” 改革#1"), "policy/“放管服”%20改革%231");
  assert.equal(pathOf("a/../b>"), "a/%2E%2E/b%3E");
});

test("places are ranked by their latest results, those with targets alone last", () => {
  const rows = [[0, "2022", "99", "actual"], [0, "2023", "90", "actual"], [1, "2023", "95", "actual"], [1, "2024", "80", "target"],
    [2, "2023", "100", "target"]];
  const figures = rows.map(([place, year, value, status], row) => ({ row, metric: "办结率", unit: "%", place, year, value, status,
    facets: {} }));
  const { rows: found } = comparisonOf({ figures }, { metric: "办结率", alike: false, unit: "%" }, noFilters());
  assert.deepEqual(found.map(({ place }) => place), [1, 0, 2]);
});

test("a line joins results of one body in one year and a later one, nothing else", () => {
  const figure = (row, year, subject, status = "actual") => ({ row, year, subject: [subject], status, metric: "m", value: "1" });
  const all = [figure(0, "2021", 1), figure(1, "2022", 1), figure(2, "2022", 1), figure(3, "2022", 2),
    figure(4, "2023", 1, "target"), figure(5, "2024", 1), figure(6, "", 1)];
  assert.deepEqual(trendsOf(all).map(([a, b]) => [a.row, b.row]), [[0, 1], [1, 5]]);
});
