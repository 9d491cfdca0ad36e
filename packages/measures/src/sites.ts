// The pixels whose whole traces are kept: all of a small movie, else blocks of 3 × 3 on a lattice.
import type { Size } from "./frame.ts";

export interface Sites {
  /** Places of the pixels in a frame, ascending. */
  readonly pixels: Int32Array;
  /** For each pixel of a frame its number among the sites, −1 where it is none. */
  readonly numbers: Int32Array;
}

/**
 * Medians over time need a pixel's whole trace. Of a movie with more than `most` values, blocks of 3 × 3 pixels are kept, so that a site has its
 * eight neighbours, at the distance that keeps about `most` values. The distance is odd: patterns of column amplifiers repeat
 * every 2, 4, 8 … pixels, and an odd lattice meets all of their phases.
 */
export function sitesOf(size: Size, frames: number, most: number): Sites {
  const { height, width } = size;
  const total = height * width;
  const distance = Math.ceil(3 * Math.sqrt((total * frames) / most));
  const odd = distance % 2 === 1 ? distance : distance + 1;
  // One block at least.
  const step = Math.max(5, Math.min(odd, height, width));
  const kept = total * frames <= most ? () => true : inBlocks(size, step);
  const numbers = new Int32Array(total).fill(-1);
  const pixels: number[] = [];
  for (let y = 0, place = 0; y < height; y++) {
    for (let x = 0; x < width; x++, place++) {
      if (kept(y, x)) numbers[place] = pixels.push(place) - 1;
    }
  }
  return { pixels: Int32Array.from(pixels), numbers };
}

/** Blocks in the middle of each lattice cell that lies inside the field. */
function inBlocks({ height, width }: Size, step: number) {
  const cell = (place: number, length: number) => {
    const phase = (place % step) - (step >> 1);
    const centre = place - phase;
    return Math.abs(phase) <= 1 && centre + 1 < length;
  };
  return (y: number, x: number) => cell(y, height) && cell(x, width);
}

/** Whole traces of the sites, one after the other. */
export class Traces {
  readonly #values: Float32Array;
  readonly #frames: number;

  constructor(sites: number, frames: number) {
    this.#frames = frames;
    this.#values = new Float32Array(sites * frames);
  }

  set(site: number, frame: number, value: number): void {
    this.#values[site * this.#frames + frame] = value;
  }

  /** A view of the trace. */
  of(site: number): Float32Array {
    return this.#values.subarray(site * this.#frames, (site + 1) * this.#frames);
  }
}
