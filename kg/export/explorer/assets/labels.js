// Labels → where each can stand without covering another or a node; those that cannot are left out.

const CELL = 48;
const HIGH = 17;

// The boxes taken so far, found by the squares of a grid that they touch.
export function grid() {
  const cells = new Map();
  const cell = (pixels) => Math.floor(pixels / CELL);
  const touched = function* (box) {
    for (let column = cell(box.left); column <= cell(box.right); column += 1) {
      for (let row = cell(box.top); row <= cell(box.bottom); row += 1) yield column * 4096 + row;
    }
  };
  return {
    add(box) {
      for (const key of touched(box)) {
        if (!cells.has(key)) cells.set(key, []);
        cells.get(key).push(box);
      }
    },
    free(box, own) {
      for (const key of touched(box)) {
        for (const other of cells.get(key) ?? []) {
          if (other.own !== own && box.left < other.right && other.left < box.right
            && box.top < other.bottom && other.top < box.bottom) return false;
        }
      }
      return true;
    },
  };
}

export function around(x, y, radius, own) {
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius, own };
}

// Items { own, x, y, radius, texts, side }, the most important first → those that found room, with where.
// `texts` are { text, width }, the fullest first: where it has no room, a shorter one may.
export function placed(items, taken, stage) {
  const found = [];
  for (const item of items) {
    const place = placeOf(item, taken, stage);
    if (place === null) continue;
    taken.add({ ...place.box, own: null });
    found.push({ row: item.row, ...place });
  }
  return found;
}

function placeOf(item, taken, stage) {
  for (const { text, width } of item.texts) {
    for (const [left, top] of spots(item, width)) {
      const box = { left: left - 3, right: left + width + 3, top, bottom: top + HIGH };
      const there = box.left > 2 && box.right < stage.width - 2 && box.top > 2 && box.bottom < stage.height - 2;
      if (there && taken.free(box, item.own)) return { text, left, middle: top + HIGH / 2, box };
    }
  }
  return null;
}

// Below, right, left, above, then aslant; in a tree only outward.
function spots({ x, y, radius, side }, width) {
  const right = [x + radius + 6, y - HIGH / 2];
  const left = [x - radius - 6 - width, y - HIGH / 2];
  const below = [x - width / 2, y + radius + 5];
  const above = [x - width / 2, y - radius - 5 - HIGH];
  if (side > 0) return [right];
  if (side < 0) return [left];
  const [high, low] = [y - radius - 1 - HIGH, y + radius + 1];
  const aslant = [right[0] - 4, left[0] + 4].flatMap((across) => [[across, low], [across, high]]);
  return [below, right, left, above, ...aslant];
}
