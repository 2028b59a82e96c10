// A few entities of a large map → places close together, where each has room for its label, neighbours still near.

const LETTER = 13; // pixels of a character
const LONGEST = 14; // characters of a label
const MARGIN = 18;
const HIGH = 40; // pixels from the top of an entity to the bottom of its label
const ROOM = 1.8; // times the area of the labels that the picture takes
const ROUNDS = 200;

// `places`: [x, y] on the map; `lengths`: characters of labels; `aspect`: width by height wanted. Who stands left of or
// above whom is kept: gaps of the map are closed by taking the order of its coordinates for the coordinates themselves.
export function gathered(places, lengths, aspect) {
  const count = places.length;
  const wide = lengths.map((length) => Math.min(length, LONGEST) * LETTER + MARGIN);
  const area = wide.reduce((sum, one) => sum + one, 0) * HIGH * ROOM;
  const high = Math.sqrt(area / aspect);
  const [x, y] = [0, 1].map((axis) => {
    const found = new Float64Array(count);
    const ranked = places.map((_, at) => at).sort((a, b) => places[a][axis] - places[b][axis] || a - b);
    const step = (axis === 0 ? high * aspect : high) / Math.max(1, count - 1);
    ranked.forEach((at, rank) => { found[at] = rank * step; });
    return found;
  });
  for (let round = 0; round < ROUNDS && pushed(x, y, wide); round += 1);
  return places.map((_, at) => [Math.round(x[at]), Math.round(y[at])]);
}

// Moves boxes that overlap out of each other, along the shorter way; whether any did.
function pushed(x, y, wide) {
  let any = false;
  for (let one = 0; one < x.length; one += 1) {
    for (let other = one + 1; other < x.length; other += 1) {
      const [dx, dy] = [x[other] - x[one], y[other] - y[one]];
      const [overX, overY] = [(wide[one] + wide[other]) / 2 - Math.abs(dx), HIGH - Math.abs(dy)];
      if (overX <= 0.5 || overY <= 0.5) continue;
      any = true;
      const [axis, move] = overY <= overX ? [y, overY * (dy < 0 ? -0.25 : 0.25)] : [x, overX * (dx < 0 ? -0.25 : 0.25)];
      axis[one] -= move;
      axis[other] += move;
    }
  }
  return any;
}
