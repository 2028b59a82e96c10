// A walk as columns: the centre left, what is one step away in the next column, and so on.

const ROW = 23; // pixels from one entity to the next
const GAP = 10; // and between the ends of different entities
const COLUMN = 264; // from one column to the next
const CLOSE = 170; // and on a narrow stage
const STEPS = 16; // pieces of a curve

// Places by row: { x, y }; what stands in the same column stands apart.
export function columnsOf({ levels, parents }, centre, narrow = false) {
  const wide = narrow ? CLOSE : COLUMN;
  const children = new Map();
  for (const [row, parent] of parents) {
    if (!children.has(parent)) children.set(parent, []);
    children.get(parent).push(row);
  }
  const at = new Map();
  let next = 0;
  const set = (row) => {
    const mine = children.get(row) ?? [];
    if (mine.length === 0) {
      at.set(row, { x: levels.get(row) * wide, y: next });
      next += ROW;
      return;
    }
    mine.forEach(set);
    next += GAP;
    const [first, last] = [at.get(mine[0]).y, at.get(mine.at(-1)).y];
    at.set(row, { x: levels.get(row) * wide, y: (first + last) / 2 });
  };
  set(centre);
  return at;
}

// The line between two places; between columns it leaves and arrives level, within one it bows to the left.
export function lineBetween(from, to) {
  const points = [];
  const bow = from.x === to.x ? -46 - Math.min(60, Math.abs(to.y - from.y) / 6) : 0;
  const bend = (from.x + to.x) / 2 + bow;
  for (let step = 0; step <= STEPS; step += 1) {
    const t = step / STEPS;
    const s = 1 - t;
    points.push(s * s * s * from.x + 3 * s * s * t * bend + 3 * s * t * t * bend + t * t * t * to.x);
    points.push(s * s * s * from.y + 3 * s * s * t * from.y + 3 * s * t * t * to.y + t * t * t * to.y);
  }
  return points;
}
