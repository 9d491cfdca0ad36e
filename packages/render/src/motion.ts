// How the frames of a block move, for either backend: their shifts, or the nodes of their displacements.
import { coarseGrid, type Motion } from "@minisim/kernels";
import { area, displacementNodes, type Shape, type Translate } from "@minisim/pipeline/rendering";

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
  const { spacing_px, whole } = displacement;
  const size = area(coarseGrid(whole ?? fov, spacing_px));
  const nodes = new Float64Array(2 * size * blockFrames);
  return (frames) => {
    const shifted = shiftsOf(frames);
    for (let f = 0; f < frames.length; f++) {
      const own = nodes.subarray(2 * f * size, 2 * (f + 1) * size);
      displacementNodes(displacement, frames[f]!, [shifted[2 * f]!, shifted[2 * f + 1]!], own);
    }
    return { spacing_px, nodes, whole };
  };
}
