// A centre and its neighbours → a tree lying on its side: what the centre does to the right, what is done to it to the
// left, a branch for each relation. Placed at once, in pixels; nothing moves afterwards.

const ROW = 23; // pixels from one neighbour to the next
const GAP = 15; // and between branches
const STEM = 104; // from the centre to where a branch forks
const REACH = 204; // from the centre to the first column of neighbours
const COLUMN = 196; // from one column to the next
const NARROW = { width: 620, stem: 88, reach: 168 }; // below this width all lies to the right, in one column
const STEPS = 10; // pieces of a curve

// Neighbours with the same relations to the centre, as groups; `out`: at least one relation starts from the centre.
export function groupsOf(model, centre, rows) {
  const ties = new Map();
  for (const row of rows) {
    const { subject, predicate, object } = model.relations[row];
    if (subject === object) continue;
    const end = subject === centre ? object : subject;
    if (!ties.has(end)) ties.set(end, { out: false, predicates: new Set() });
    const tie = ties.get(end);
    tie.out ||= subject === centre;
    tie.predicates.add(predicate);
  }
  const groups = new Map();
  for (const [end, tie] of ties) {
    const predicates = [...tie.predicates].sort();
    const key = `${tie.out} ${predicates.join(" ")}`;
    if (!groups.has(key)) groups.set(key, { out: tie.out, predicates, ends: [] });
    groups.get(key).ends.push(end);
  }
  const name = (group) => group.predicates.join();
  return [...groups.values()].sort((a, b) => b.ends.length - a.ends.length || (name(a) < name(b) ? -1 : 1));
}

export function isNarrow(stage) {
  return stage.width < NARROW.width;
}

// Positions by entity row (`side`: 1 right, -1 left of the centre, 0 it), and the forks of branches.
// On a narrow stage everything lies to the right.
export function fan(model, centre, rows, stage) {
  const narrow = isNarrow(stage);
  const at = new Map([[centre, { x: 0, y: 0, side: 0 }]]);
  const forks = [];
  const groups = groupsOf(model, centre, rows);
  for (const side of narrow ? [1] : [1, -1]) {
    const mine = groups.filter((group) => narrow || (group.out ? 1 : -1) === side);
    column(mine, side, { at, forks, narrow, tall: Math.max(12, Math.floor((stage.height - 60) / ROW)) });
  }
  return { at, forks };
}

// Sets the groups of one side below each other; where they are too many, each in two columns whose rows lie between the
// other's.
function column(groups, side, { at, forks, narrow, tall }) {
  const count = groups.reduce((sum, group) => sum + group.ends.length, 0);
  const reach = narrow ? NARROW.reach : REACH;
  const mine = [];
  let y = 0;
  for (const group of groups) {
    const columns = !narrow && count > tall && group.ends.length > 3 ? 2 : 1;
    const lines = Math.ceil(group.ends.length / columns);
    group.ends.forEach((end, number) => {
      const second = number >= lines;
      const across = second ? reach + COLUMN : reach;
      const down = (number % lines) * ROW + (second ? ROW / 2 : 0);
      at.set(end, { x: side * across, y: y + down, side, reach });
    });
    mine.push({ x: side * (narrow ? NARROW.stem : STEM), y: y + ((lines - 1) * ROW) / 2, side, group });
    y += lines * ROW + (columns - 1) * (ROW / 2) + GAP;
  }
  const middle = (y - GAP - ROW) / 2;
  for (const group of groups) for (const end of group.ends) at.get(end).y -= middle;
  for (const fork of mine) fork.y -= middle;
  forks.push(...mine);
}

// The line of a relation as points: centre, fork, neighbour; from its subject to its object.
export function branch(fork, end, outward) {
  const turn = fork.side * (end.reach - 16);
  const points = [...curve(0, 0, fork.x, fork.y), ...curve(fork.x, fork.y, turn, end.y), end.x, end.y];
  if (outward) return points;
  const back = [];
  for (let at = points.length - 2; at >= 0; at -= 2) back.push(points[at], points[at + 1]);
  return back;
}

// A curve that leaves and arrives level.
function curve(x1, y1, x2, y2) {
  const points = [];
  const bend = (x1 + x2) / 2;
  for (let step = 0; step <= STEPS; step += 1) {
    const t = step / STEPS;
    const s = 1 - t;
    points.push(s * s * s * x1 + 3 * s * s * t * bend + 3 * s * t * t * bend + t * t * t * x2);
    points.push(s * s * s * y1 + 3 * s * s * t * y1 + 3 * s * t * t * y2 + t * t * t * y2);
  }
  return points;
}
