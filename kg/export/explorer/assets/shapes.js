// One shape a class and one colour a type: outlines as polygons about 0,0, for the canvas and, as SVG paths, for lists.

// Corners of a regular figure from `turn` (in turns) on; with `inner`, a star whose notches are that deep.
function regular(corners, radius, turn = 0, inner = null) {
  const count = inner === null ? corners : 2 * corners;
  return Array.from({ length: count }, (_, at) => {
    const long = inner === null || at % 2 === 0 ? radius : inner;
    const angle = 2 * Math.PI * (at / count + turn - 0.25);
    return [long * Math.cos(angle), long * Math.sin(angle)];
  });
}

const box = (x, y) => [[-x, -y], [x, -y], [x, y], [-x, y]];
const plus = (long, half) => [[-half, -long], [half, -long], [half, -half], [long, -half], [long, half], [half, half],
  [half, long], [-half, long], [-half, half], [-long, half], [-long, -half], [-half, -half]];
const notched = (long, cut) => [[-long, -long], [long, -long], [long, cut], [cut, long], [-long, long]];

// Classes of a type: the type itself, and its subclasses, by the name that an entity's kind has.
const TYPES = {
  Organisation: {
    "": notched(0.92, 0.1),
    government: box(0.86, 0.86),
    party: regular(5, 1.25, 0, 0.56),
    court: [[-0.95, -0.95], [0.95, -0.95], [0.95, 0.1], [0, 1.2], [-0.95, 0.1]],
    procuratorate: [[0, -1.2], [0.95, -0.1], [0.95, 0.95], [-0.95, 0.95], [-0.95, -0.1]],
    legislature: regular(8, 1.05, 1 / 16),
    consultative: regular(6, 1.12, 1 / 12),
    institution: plus(1.1, 0.42),
    association: [[-0.3, -1.05], [0.3, -1.05], [1.05, 0.95], [-1.05, 0.95]],
    company: [[-0.9, 1], [-0.9, -0.25], [0, -1.1], [0, -0.25], [0.9, -1.1], [0.9, 1]],
    unit: box(1.15, 0.5),
  },
  Place: { "": null }, // a circle, whatever the level
  Policy: {
    "": regular(4, 1.25, 0, 0.62),
    document: regular(4, 1.25),
    programme: [[-1.1, -0.8], [0.4, -0.8], [1.2, 0], [0.4, 0.8], [-1.1, 0.8], [-0.4, 0]],
  },
  Mechanism: { "": [[0, -1.18], [1.2, 0.92], [-1.2, 0.92]] },
};
const OTHER = 6; // points of the star that the first class of another type has

export const HUES = 6; // colours: one each for the four types, the others share two

// The class of an entity: its kind where that is a class of its type, else its type.
export function classOf({ type, kind }) {
  return kind && Object.hasOwn(TYPES, type) && Object.hasOwn(TYPES[type], kind) ? kind : type;
}

// Class → { shape, hue, type, at } of all that entities have, in the order of legends.
export function looksOf(entities) {
  const known = Object.entries(TYPES).flatMap(([type, shapes], hue) =>
    Object.entries(shapes).map(([kind, shape]) => [kind || type, { shape, hue, type }]));
  const others = [...new Set(entities.map(({ type }) => type))].filter((type) => !Object.hasOwn(TYPES, type)).sort();
  const more = others.map((type, at) =>
    [type, { shape: regular(OTHER + at, 1.2, 0, 0.55), hue: 4 + (at % (HUES - 4)), type }]);
  const there = new Set(entities.map(classOf));
  return new Map([...known, ...more].filter(([name]) => there.has(name))
    .map(([name, look], at) => [name, { ...look, at }]));
}

// Adds the shape to the canvas's current path.
export function trace(context, { shape }, x, y, radius) {
  if (shape === null) {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  shape.forEach(([dx, dy], at) => {
    if (at === 0) context.moveTo(x + dx * radius, y + dy * radius);
    else context.lineTo(x + dx * radius, y + dy * radius);
  });
  context.closePath();
}

export function outline({ shape }, radius) {
  const r = radius;
  if (shape === null) return `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
  const points = shape.map(([x, y]) => `${(x * r).toFixed(2)} ${(y * r).toFixed(2)}`);
  return `M${points.join("L")}z`;
}
