// How far cells rise out of the level.
import { medianInPlace, type Quantiles, quantilesOf } from "../median.ts";
import type { Movie } from "../movie.ts";

/** Frames whose cells' light is compared with its median, evenly spaced. */
const MOST_FRAMES = 60;
/** Pixels of these frames that are kept. 16 MB. */
const MOST_VALUES = 2 ** 22;
/** A pixel is lit where it rises by more than this share of the level: 10 of 2269 counts, as in the frame that the reference is of. */
const LIT = 10 / 2269;

/** Whole frames that are evenly spaced, of them evenly spaced pixels where they are many. */
export function collectRise([frames, height, width]: Movie["shape"]) {
  const every = Math.ceil(frames / MOST_FRAMES);
  const kept = Math.ceil(frames / every);
  const step = Math.ceil((height * width * kept) / MOST_VALUES);
  const places = Math.ceil((height * width) / step);
  const values = new Float32Array(kept * places);
  return {
    add(index: number, cells: ArrayLike<number>) {
      if (index % every !== 0) return;
      for (let k = 0; k < places; k++) values[(index / every) * places + k] = cells[k * step]!;
    },
    result(level: Float64Array): Quantiles {
      const rises: number[] = [];
      const trace = new Float64Array(kept);
      for (let k = 0; k < places; k++) {
        for (let t = 0; t < kept; t++) trace[t] = values[t * places + k]!;
        const middle = medianOf(trace);
        for (const value of trace) {
          const rise = (value - middle) / level[k * step]!;
          if (rise > LIT) rises.push(rise);
        }
      }
      return quantilesOf(rises);
    },
  };
}

const medianOf = (values: Float64Array): number => medianInPlace(Float64Array.from(values));
