// How the frames of a block move, for either backend: their shifts, or the nodes of their displacements.
import { coarseGrid, type Motion } from "@minisim/kernels";
import { area, type Displacement, type Shape, type Translate } from "@minisim/pipeline";

/** Gives the motion of some frames, to which there is room for `blockFrames`. What it returns is reused: valid until the next call. */
export function motionReader(
  { shifts, displacement }: Translate,
  fov: Shape,
  blockFrames: number,
): (frames: ArrayLike<number>) => Motion {
  const moves = new Float64Array(2 * blockFrames);
  const shiftsOf = (frames: ArrayLike<number>) => {
    if (!shifts) return moves;
    for (let f = 0; f < frames.length; f++) {
      moves[2 * f] = shifts[2 * frames[f]!]!;
      moves[2 * f + 1] = shifts[2 * frames[f]! + 1]!;
    }
    return moves;
  };
  if (!displacement) return shiftsOf;
  const { spacing_px } = displacement;
  const size = area(coarseGrid(fov, spacing_px));
  const nodes = new Float64Array(2 * size * blockFrames);
  return (frames) => {
    sumFields(nodes, displacement, size, frames, shiftsOf(frames));
    return { spacing_px, nodes };
  };
}

/** Shift + Σ_k weight_k · field_k at the nodes: the splines of a constant are that constant. */
function sumFields(
  nodes: Float64Array,
  { count, basis, weights }: Displacement,
  size: number,
  frames: ArrayLike<number>,
  shifts: Float64Array,
): void {
  const n_frames = weights.length / count;
  for (let f = 0; f < frames.length; f++) {
    const own = nodes.subarray(2 * f * size, 2 * (f + 1) * size);
    own.fill(shifts[2 * f]!, 0, size);
    own.fill(shifts[2 * f + 1]!, size);
    for (let k = 0; k < count; k++) {
      const weight = weights[k * n_frames + frames[f]!]!;
      if (weight === 0) continue;
      const from = 2 * k * size;
      for (let i = 0; i < own.length; i++) own[i]! += weight * basis[from + i]!;
    }
  }
}
