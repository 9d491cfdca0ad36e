// Sparse accumulation: patches added to every frame of a block.
import type { BlockShape } from "../operands.ts";

/** As Patches of the kernels, with plain arrays. */
export interface ReferencePatches {
  readonly count: number;
  readonly table: ArrayLike<number>;
  readonly starts: ArrayLike<number>;
  readonly data: ArrayLike<number>;
}

/** frame_f += Σ_k weights[k·nFrames + f] · patch_k, in ascending k. */
export function accumulatePatches(
  block: Float64Array,
  { nFrames, height, width }: BlockShape,
  { count, table, starts, data }: ReferencePatches,
  weights: ArrayLike<number>,
): void {
  for (let k = 0; k < count; k++) {
    const row = table[4 * k]!;
    const col = table[4 * k + 1]!;
    const h = table[4 * k + 2]!;
    const w = table[4 * k + 3]!;
    for (let f = 0; f < nFrames; f++) {
      const weight = weights[k * nFrames + f]!;
      for (let y = 0; y < h; y++) {
        for (let x = 0; x < w; x++) {
          const pixel = (f * height + row + y) * width + col + x;
          block[pixel]! += weight * data[starts[k]! + y * w + x]!;
        }
      }
    }
  }
}
