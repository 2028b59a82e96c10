// Numbers → round steps of a scale that holds them all.

// About `count` ticks from at most `least` to at least `most`; the scale begins at 0 unless all lie far above it.
export function ticksOf(least, most, count) {
  const from = least >= 0 && least < most * 0.55 ? 0 : least;
  const to = most === from ? from + (Math.abs(from) || 1) : most;
  const raw = (to - from) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].find((times) => times * power >= raw) * power;
  const ticks = [];
  const first = Math.floor(from / step + 1e-9);
  for (let at = first; ticks.length < 2 || ticks.at(-1) < to - step * 1e-9; at += 1)
    ticks.push(Number((at * step).toPrecision(12)));
  return ticks;
}
