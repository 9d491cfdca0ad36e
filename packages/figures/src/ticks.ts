// Round numbers for axes and scale bars.

/** 1, 2 or 5 times a power of ten: the largest that is at most `limit`. */
export function roundBelow(limit: number): number {
  const decade = powerOfTen(exponentOf(limit));
  // A hair of tolerance: 0.3 / 0.1 is less than 3.
  const factor = [5, 2, 1].find((step) => step * decade <= limit * (1 + 1e-9)) ?? 1;
  return factor * decade;
}

/** Round values within [low, high], about `count` of them. */
export function ticks(low: number, high: number, count: number): number[] {
  if (!(high > low)) return [low];
  const raw = (high - low) / count;
  const decade = powerOfTen(exponentOf(raw));
  const step = [1, 2, 5, 10].find((factor) => factor * decade >= raw * (1 - 1e-9))! * decade;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/** The label of a tick. It has as many decimals as the distance to its neighbours needs. */
export function tickLabel(value: number, all: readonly number[]): string {
  const step = all.length > 1 ? Math.abs(all[1]! - all[0]!) : Math.abs(value) || 1;
  const decimals = Math.min(6, Math.max(0, -exponentOf(Number(step.toPrecision(6)))));
  return value.toFixed(decimals).replace("-", "−");
}

/** ⌊log₁₀ value⌋, exactly. */
const exponentOf = (value: number): number => Number(value.toExponential().split("e")[1]);
const powerOfTen = (exponent: number): number => Number(`1e${exponent}`);
