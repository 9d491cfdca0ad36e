// Light to electrons to counts in float64, with the random words of the kernels.
import type {
  FrameShape,
  PhiloxKey,
  PhiloxWords,
  PixelNumbers,
  SensorResponse,
} from "../operands.ts";
import { boxMuller } from "./normals.ts";
import { philox } from "./philox.ts";

/** Where the pixels differ: as the kernels' SensorPatterns, in plain arrays. */
export interface Patterns extends FrameShape {
  readonly sensitivity: ArrayLike<number>;
  readonly dark_e: ArrayLike<number>;
  readonly offset_e: ArrayLike<number>;
  readonly row_offsets_e?: ArrayLike<number> | undefined;
}

/** The pixel of number p uses word (p>>2)&3 of the block with counter (4·(p>>4) + (p&3), frame number, 0, 0). */
export function digitize(
  source: ArrayLike<number>,
  nFrames: number,
  nPixels: number,
  frameNumbers: ArrayLike<number>,
  key: PhiloxKey,
  response: SensorResponse,
  target: Uint16Array | Uint8Array,
  patterns?: Patterns,
  numbers?: PixelNumbers,
): void {
  for (let f = 0; f < nFrames; f++) {
    const normalOf = normalsOf(frameNumbers[f]!, key);
    for (let p = 0; p < nPixels; p++) {
      const pixel = f * nPixels + p;
      const own = patterns && pixelOf(patterns, p, f);
      const normal = normalOf(numbers ? numberOf(p, numbers) : p);
      target[pixel] = counts(source[pixel]!, normal, response, own);
    }
  }
}

const numberOf = (p: number, { width, first, stride }: PixelNumbers): number =>
  first + Math.floor(p / width) * stride + (p % width);

/** The normals of a frame's pixels; those of the last sixteen are kept, since neighbours ask for them. */
function normalsOf(frame: number, key: PhiloxKey): (p: number) => number {
  let known = -1;
  let lanes: number[][] = [];
  const ofBlock = (words: PhiloxWords) => [
    ...boxMuller(words[0], words[1]),
    ...boxMuller(words[2], words[3]),
  ];
  return (p) => {
    const group = p >> 4;
    if (group !== known) {
      lanes = [0, 1, 2, 3].map((lane) => ofBlock(philox([4 * group + lane, frame, 0, 0], key)));
      known = group;
    }
    return lanes[p & 3]![(p >> 2) & 3]!;
  };
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
