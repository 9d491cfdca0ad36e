// Peaks of a trace by height, distance and prominence, as SciPy's find_peaks selects them.

/**
 * Places of local maxima (of a plateau its middle) that are at least `least` high, at least `distance` samples from any higher one that was kept, and rise
 * by at least `least` above the higher of the two lowest points that lie between them and higher ground.
 */
export function peaksOf(trace: Float64Array, least: number, distance: number): number[] {
  const high = localMaxima(trace).filter((place) => trace[place]! >= least);
  return apart(trace, high, distance).filter((place) => prominence(trace, place) >= least);
}

function localMaxima(trace: Float64Array): number[] {
  const places: number[] = [];
  for (let i = 1; i < trace.length - 1; i++) {
    if (trace[i]! <= trace[i - 1]!) continue;
    let last = i;
    while (last < trace.length - 1 && trace[last + 1] === trace[i]) last++;
    if (last < trace.length - 1 && trace[last + 1]! < trace[i]!) places.push((i + last) >> 1);
    i = last;
  }
  return places;
}

/** The highest peaks first, each of which removes those nearer than `distance`. */
function apart(trace: Float64Array, places: readonly number[], distance: number): number[] {
  const kept = places.map(() => true);
  const byHeight = [...places.keys()].sort((a, b) => trace[places[b]!]! - trace[places[a]!]!);
  for (const one of byHeight) {
    if (!kept[one]) continue;
    for (const side of [-1, 1]) {
      const near = (k: number) =>
        k >= 0 && k < places.length && Math.abs(places[k]! - places[one]!) < distance;
      for (let k = one + side; near(k); k += side) kept[k] = false;
    }
  }
  return places.filter((_, k) => kept[k]);
}

function prominence(trace: Float64Array, place: number): number {
  const lowest = [-1, 1].map((side) => {
    let low = trace[place]!;
    for (let i = place; i >= 0 && i < trace.length && trace[i]! <= trace[place]!; i += side) {
      low = Math.min(low, trace[i]!);
    }
    return low;
  });
  return trace[place]! - Math.max(...lowest);
}
