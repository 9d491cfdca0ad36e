// Light to electrons to counts in float64, with the random words of the kernels.
import type { FrameShape, PhiloxKey, PhiloxWords, SensorResponse } from "../operands.ts";
import { boxMuller } from "./normals.ts";
import { philox } from "./philox.ts";

/** Where the pixels differ: as the kernels' SensorPatterns, in plain arrays. */
export interface Patterns extends FrameShape {
  readonly sensitivity: ArrayLike<number>;
  readonly dark_e: ArrayLike<number>;
  readonly offset_e: ArrayLike<number>;
  readonly row_offsets_e?: ArrayLike<number> | undefined;
}

/** Pixel p of a frame uses word (p>>2)&3 of the block with counter (4·(p>>4) + (p&3), frame number, 0, 0). */
export function digitize(
  source: ArrayLike<number>,
  nFrames: number,
  nPixels: number,
  frameNumbers: ArrayLike<number>,
  key: PhiloxKey,
  response: SensorResponse,
  target: Uint16Array | Uint8Array,
  patterns?: Patterns,
): void {
  for (let f = 0; f < nFrames; f++) {
    for (let first = 0; first < nPixels; first += 16) {
      for (let lane = 0; lane < 4; lane++) {
        const words = philox([first / 4 + lane, frameNumbers[f]!, 0, 0], key);
        const normal = normalsOf(words);
        for (let word = 0; word < 4; word++) {
          const p = first + 4 * word + lane;
          if (p >= nPixels) continue;
          const pixel = f * nPixels + p;
          const own = patterns && pixelOf(patterns, p, f);
          target[pixel] = counts(source[pixel]!, normal[word]!, response, own);
        }
      }
    }
  }
}

function normalsOf(words: PhiloxWords): number[] {
  return [...boxMuller(words[0], words[1]), ...boxMuller(words[2], words[3])];
}

interface Pixel {
  readonly sensitivity: number;
  readonly dark_e: number;
  readonly offset_e: number;
}

function pixelOf(patterns: Patterns, p: number, f: number): Pixel {
  const row = f * patterns.height + Math.floor(p / patterns.width);
  return {
    sensitivity: patterns.sensitivity[p]!,
    dark_e: patterns.dark_e[p]!,
    offset_e: patterns.offset_e[p]! + (patterns.row_offsets_e?.[row] ?? 0),
  };
}

function counts(light: number, normal: number, response: SensorResponse, own?: Pixel): number {
  const { read_noise_e, full_well_e, counts_per_e, black_counts, max_count } = response;
  const { sensitivity, dark_e, offset_e } = own ?? {
    sensitivity: 1,
    dark_e: response.dark_e,
    offset_e: 0,
  };
  const shining = Number.isNaN(light) ? 0 : Math.max(light, 0);
  const mean = shining * response.electrons_per_unit * sensitivity + dark_e;
  const noisy = mean + Math.sqrt(mean + read_noise_e * read_noise_e) * normal;
  const electrons = Math.min(noisy, full_well_e) + offset_e;
  return Math.min(Math.max(Math.floor(electrons * counts_per_e + black_counts), 0), max_count);
}
