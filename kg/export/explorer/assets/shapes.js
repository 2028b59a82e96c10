// One shape and one colour a type: outlines as polygons about 0,0, for the canvas and, as SVG paths, for lists.

const KNOWN = ["Organisation", "Place", "Policy", "Mechanism"];
const POLYGONS = [
  [[-0.86, -0.86], [0.86, -0.86], [0.86, 0.86], [-0.86, 0.86]],
  null, // a circle
  [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]],
  [[0, -1.18], [1.2, 0.92], [-1.2, 0.92]],
  [[-0.5, -1], [0.5, -1], [1.1, 0], [0.5, 1], [-0.5, 1], [-1.1, 0]],
  [[-0.38, -1.1], [0.38, -1.1], [0.38, -0.38], [1.1, -0.38], [1.1, 0.38], [0.38, 0.38], [0.38, 1.1], [-0.38, 1.1],
    [-0.38, 0.38], [-1.1, 0.38], [-1.1, -0.38], [-0.38, -0.38]],
];

export const LOOKS = POLYGONS.length;

// Type → number of its look. Types the four known ones leave out share the rest.
export function looksOf(types) {
  const looks = new Map();
  const unknown = [...types].filter((type) => !KNOWN.includes(type)).sort();
  for (const type of types) if (KNOWN.includes(type)) looks.set(type, KNOWN.indexOf(type));
  unknown.forEach((type, at) => looks.set(type, KNOWN.length + (at % (LOOKS - KNOWN.length))));
  return looks;
}

// Adds the shape to the canvas's current path.
export function trace(context, look, x, y, radius) {
  const polygon = POLYGONS[look];
  if (polygon === null) {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  polygon.forEach(([dx, dy], at) => {
    if (at === 0) context.moveTo(x + dx * radius, y + dy * radius);
    else context.lineTo(x + dx * radius, y + dy * radius);
  });
  context.closePath();
}

export function outline(look, radius) {
  const polygon = POLYGONS[look];
  const r = radius;
  if (polygon === null) return `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
  const points = polygon.map(([x, y]) => `${(x * r).toFixed(2)} ${(y * r).toFixed(2)}`);
  return `M${points.join("L")}z`;
}
