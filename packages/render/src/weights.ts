// Component weights for the frames of a block: the product of a step's arrays, gathered component by component.
import type { Weights } from "@minisim/pipeline";

/** target[k · frames.length + f] = weight of component k in frame frames[f]. */
export function gatherWeights(
  weights: Weights,
  components: number,
  totalFrames: number,
  frames: Int32Array,
  target: Float32Array | Float64Array,
): void {
  const n = frames.length;
  if ("constant" in weights) {
    for (let k = 0; k < components; k++) target.fill(weights.constant[k]!, k * n, (k + 1) * n);
    return;
  }
  // The product is formed in float64 and rounded once, so that it does not depend on the target's type in between.
  for (let k = 0; k < components; k++) {
    for (let f = 0; f < n; f++) {
      let product = 1;
      const at = k * totalFrames + frames[f]!;
      for (const factor of weights.per_frame) product *= factor[at]!;
      target[k * n + f] = product;
    }
  }
}
