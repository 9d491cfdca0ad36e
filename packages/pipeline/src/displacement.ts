// How far the tissue is displaced in one frame, at the nodes of its smooth fields.
import type { Displacement } from "./program.ts";

/**
 * Shift + Σ_k weight_k · field_k of frame t, (dy, dx) × nodes, into `nodes`: the splines of a constant are that constant.
 */
export function displacementNodes(
  { count, basis, weights }: Displacement,
  t: number,
  [dy, dx]: readonly [number, number],
  nodes: Float64Array,
): void {
  const n_frames = weights.length / count;
  nodes.fill(dy, 0, nodes.length / 2);
  nodes.fill(dx, nodes.length / 2);
  for (let k = 0; k < count; k++) {
    const weight = weights[k * n_frames + t]!;
    if (weight === 0) continue;
    const from = k * nodes.length;
    for (let i = 0; i < nodes.length; i++) nodes[i]! += weight * basis[from + i]!;
  }
}
