// Who makes the variance of a movie, where the truth knows: cells, background, noise; and how bright cells are in it.
import { InputError } from "@minisim/spec/input";
import { type Quantiles, quantilesOf } from "../median.ts";
import { eachFrame, type Movie } from "../movie.ts";
import { collectRise } from "./cell-rise.ts";

/** Movies without noise, of the size and in the units of the observed one; a constant may be missing. */
export interface LightParts {
  /** All light. */
  readonly light: Movie;
  /** The light of the cells alone. */
  readonly cells: Movie;
}

export interface LightMeasures {
  /** Shares of the variance over time, summed over pixels; they add up to 1. Null where nothing varies. */
  readonly variance_shares: {
    readonly cells: number;
    readonly background: number;
    /** What the sensor adds: shot and read noise, rounding, clipping. */
    readonly noise: number;
  } | null;
  /** Standard deviation over time of the background over the mean of all light, over pixels. */
  readonly background_sd_over_level: Quantiles;
  /** How far the cells' light rises over its median in time, over the mean of all light: in pixels and frames that cells light. */
  readonly cell_light_over_level: Quantiles;
}

/**
 * With o the observed movie, l all light, c that of the cells, b = l − c and n = o − l, the share of x is Σ cov(x, o) / Σ var(o) over pixels: exact, whatever
 * x has in common with the others, and the shares add up to 1.
 * @throws InputError where the movies differ in size.
 */
export async function measureLight(
  observed: Movie,
  { light, cells }: LightParts,
  { signal, onProgress }: LightOptions = {},
): Promise<LightMeasures> {
  const shapes = [observed, light, cells].map(({ shape }) => shape.join(" × "));
  if (new Set(shapes).size > 1) {
    throw new InputError([`The movies of the parts differ in size: ${shapes.join(", ")}.`]);
  }
  const total = observed.shape[0];
  const sums = collectSums(observed.shape[1] * observed.shape[2]);
  const rise = collectRise(observed.shape);
  let done = 0;
  for await (const [o, l, c] of together(observed, light, cells)) {
    signal?.throwIfAborted();
    sums.add(o, l, c);
    rise.add(done, c);
    done++;
    onProgress?.({ done, total });
  }
  const { mean, ...rest } = sums.result();
  return { ...rest, cell_light_over_level: rise.result(mean) };
}

interface LightOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

type Three = readonly [ArrayLike<number>, ArrayLike<number>, ArrayLike<number>];

/** The frames of three movies at the same time. */
async function* together(...movies: readonly [Movie, Movie, Movie]): AsyncGenerator<Three> {
  const [first, second, third] = movies;
  const streams = [eachFrame(first), eachFrame(second), eachFrame(third)] as const;
  const [a, b, c] = streams;
  try {
    for (;;) {
      const next = await Promise.all([a.next(), b.next(), c.next()]);
      if (next[0].done || next[1].done || next[2].done) return;
      yield [next[0].value, next[1].value, next[2].value];
    }
  } finally {
    for (const stream of streams) await stream.return(undefined);
  }
}

/** Sums of products over time, of every pixel less its first frame, so that they do not drown in the level. */
function collectSums(pixels: number) {
  const image = () => new Float64Array(pixels);
  const [firstO, firstL, firstC] = [image(), image(), image()];
  const [o1, l1, c1] = [image(), image(), image()];
  const [oo, ol, oc, bb] = [image(), image(), image(), image()];
  let frames = 0;
  return {
    add(o: ArrayLike<number>, l: ArrayLike<number>, c: ArrayLike<number>) {
      if (frames++ === 0) {
        firstO.set(o);
        firstL.set(l);
        firstC.set(c);
      }
      for (let i = 0; i < pixels; i++) {
        const dO = o[i]! - firstO[i]!;
        const dL = l[i]! - firstL[i]!;
        const dC = c[i]! - firstC[i]!;
        o1[i]! += dO;
        l1[i]! += dL;
        c1[i]! += dC;
        oo[i]! += dO * dO;
        ol[i]! += dO * dL;
        oc[i]! += dO * dC;
        bb[i]! += (dL - dC) ** 2;
      }
    },
    result() {
      const mean = firstL.map((value, i) => value + l1[i]! / frames);
      let [all, withLight, withCells] = [0, 0, 0];
      for (let i = 0; i < pixels; i++) {
        all += oo[i]! - o1[i]! ** 2 / frames;
        withLight += ol[i]! - (o1[i]! * l1[i]!) / frames;
        withCells += oc[i]! - (o1[i]! * c1[i]!) / frames;
      }
      const background = mean.map((level, i) => {
        const variance = bb[i]! / frames - ((l1[i]! - c1[i]!) / frames) ** 2;
        return Math.sqrt(Math.max(0, variance)) / level;
      });
      const variance_shares = all > 0 && {
        cells: withCells / all,
        background: (withLight - withCells) / all,
        noise: 1 - withLight / all,
      };
      return {
        mean,
        variance_shares: variance_shares || null,
        background_sd_over_level: quantilesOf(background),
      };
    },
  };
}
