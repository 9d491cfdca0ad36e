// Component weights for the frames of a block: the product of a step's series, gathered component by component.
import {
  type Components,
  countOf,
  denseSeries,
  type FrameProgram,
  type FrameSeries,
  type Weights,
} from "@minisim/pipeline/rendering";

/** The weights of each accumulate for the frames of a block, component × frame, by instruction number. */
export type BlockWeights = readonly (Float64Array | undefined)[];

// Series are read in aligned stretches of this many frames, which are kept: blocks are mostly asked for in order.
const STRETCH = 64;

/** Gathers the weights of a program's instructions. What it returns is reused: valid until the next call. */
export function weightReader(program: FrameProgram): (frames: ArrayLike<number>) => BlockWeights {
  const { n_frames } = program.geometry;
  const readers = program.instructions.map((instruction) => {
    if (instruction.verb !== "accumulate") return undefined;
    const { components } = instruction;
    return reader(instruction.weights, countOf(components), n_frames, darkOnes(components));
  });
  return (frames) => readers.map((read) => read?.(frames));
}

/** 1 for a footprint without pixels, such as that of a cell out of a window, whose trace nobody has to know. */
function darkOnes(components: Components): Uint8Array {
  const dark = new Uint8Array(countOf(components));
  if (!("canvas" in components)) return dark;
  const { starts } = components;
  return dark.map((_, k) => (starts[k] === starts[k + 1] ? 1 : 0));
}

function reader(weights: Weights, count: number, n_frames: number, dark: Uint8Array) {
  let block = new Float64Array(0);
  const sized = (n: number) => {
    if (block.length !== count * n) block = new Float64Array(count * n);
    return block;
  };
  if ("constant" in weights) {
    return (frames: ArrayLike<number>) => {
      const target = sized(frames.length);
      const n = frames.length;
      for (let k = 0; k < count; k++) target.fill(weights.constant[k]!, k * n, (k + 1) * n);
      return target;
    };
  }

  const { scale } = weights;
  const factors = weights.per_frame.map((factor) =>
    factor instanceof Float64Array ? denseSeries(factor, n_frames) : factor,
  );
  let stretch = new Float64Array(0);
  let start = -1;
  return (frames: ArrayLike<number>) => {
    const n = frames.length;
    const target = sized(n);
    if (start < 0) stretch = new Float64Array(count * STRETCH);
    for (let f = 0; f < n; f++) {
      const t = frames[f]!;
      if (t - (t % STRETCH) !== start) {
        start = t - (t % STRETCH);
        multiply(factors, dark, start, Math.min(start + STRETCH, n_frames), stretch);
        if (scale !== undefined) for (let i = 0; i < stretch.length; i++) stretch[i]! *= scale;
      }
      for (let k = 0; k < count; k++) target[k * n + f] = stretch[k * STRETCH + t - start]!;
    }
    return target;
  };
}

/** The product of the factors over frames [start, end), one row of STRETCH values a component. */
function multiply(
  factors: readonly FrameSeries[],
  dark: Uint8Array,
  start: number,
  end: number,
  stretch: Float64Array,
): void {
  stretch.fill(1);
  const values = new Float64Array(STRETCH);
  for (let k = 0; k < dark.length; k++) {
    if (dark[k]) continue;
    for (const factor of factors) {
      factor.read(k, start, end, values, 0);
      for (let i = 0; i < end - start; i++) stretch[k * STRETCH + i]! *= values[i]!;
    }
  }
}
