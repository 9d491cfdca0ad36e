// The reference backend: the same instructions in plain float64 TypeScript, to hold the kernels against.
import type { FootprintStack } from "@minisim/footprint";
import {
  accumulateCoarse,
  accumulateField,
  accumulatePatches,
  digitize,
  modulate,
  normals,
  translate,
} from "@minisim/kernels/reference";
import {
  type Accumulate,
  area,
  type CustomVerb,
  type Digitize,
  type Translate,
} from "@minisim/pipeline/rendering";
import { changeOf } from "./custom.ts";
import { numbersOn, responseOf, rowNoise } from "./digitization.ts";
import type { Machine, RenderedProgram } from "./machine.ts";
import { motionReader } from "./motion.ts";
import type { BlockWeights } from "./weights.ts";

export function referenceMachine(
  program: RenderedProgram,
  _blockFrames: number,
  verbs: ReadonlyMap<number, CustomVerb>,
): Machine {
  const { geometry, instructions } = program;
  let numbers: Int32Array = new Int32Array(0);
  let weights: BlockWeights = [];
  let shape = geometry.canvas;
  let block = new Float64Array(0);
  let counted: Uint8Array | Uint16Array | null = null;

  return {
    begin(frames, blockWeights) {
      numbers = frames;
      weights = blockWeights;
      shape = geometry.canvas;
      block = new Float64Array(frames.length * area(shape));
      counted = null;
    },
    run(from, to) {
      for (let index = from; index < to; index++) apply(index);
    },
    frames: () => Float32Array.from(block),
    counts() {
      if (!counted) throw new Error("The last instruction was not a digitize.");
      return counted;
    },
    release() {
      block = new Float64Array(0);
    },
  };

  function apply(index: number): void {
    const instruction = instructions[index]!;
    const n = numbers.length;
    counted = null;
    switch (instruction.verb) {
      case "accumulate":
        add(instruction, weights[index]!);
        break;
      case "modulate": {
        const { field, weights: factors, swing } = instruction;
        const gathered = factors ? Float64Array.from(numbers, (t) => factors[t]!) : undefined;
        modulate(block, n, area(shape), field, gathered, swing);
        break;
      }
      case "translate":
        move(instruction);
        break;
      case "digitize":
        count(instruction);
        break;
      case "custom": {
        const change = changeOf(instruction, shape, verbs.get(index)!);
        const pixels = area(shape);
        for (const [f, t] of numbers.entries()) {
          change(block.subarray(f * pixels, (f + 1) * pixels), t);
        }
      }
    }
  }

  function add({ components }: Accumulate, gathered: Float64Array): void {
    const n = numbers.length;
    if ("canvas" in components) {
      accumulatePatches(block, { nFrames: n, ...shape }, patchesOf(components), gathered);
      return;
    }
    if ("coefficients" in components) {
      const patches = patchesOf(components.coefficients);
      const { spacing_px, whole } = components;
      accumulateCoarse(block, { nFrames: n, ...shape }, spacing_px, patches, gathered, whole);
      return;
    }
    const pixels = area(components);
    for (let k = 0; k < components.count; k++) {
      const field = components.data.subarray(k * pixels, (k + 1) * pixels);
      accumulateField(block, n, pixels, field, gathered.subarray(k * n, (k + 1) * n));
    }
  }

  function move(instruction: Translate): void {
    const n = numbers.length;
    const { fov, margin_px: margin } = geometry;
    const motion = motionReader(instruction, fov, n)(numbers);
    const target = new Float64Array(n * area(fov));
    const window = { top: margin, left: margin, ...fov };
    translate(block, { nFrames: n, ...shape }, target, window, motion);
    block = target;
    shape = fov;
  }

  function count({ exposure, key, patterns, row_key, whole }: Digitize): void {
    const pixels = area(shape);
    const { row_noise_e, max_count } = exposure;
    const Counts = max_count <= 0xff ? Uint8Array : Uint16Array;
    counted = new Counts(numbers.length * pixels);
    const maps = patterns && {
      ...shape,
      ...patterns,
      ...(row_noise_e > 0 && { row_offsets_e: rowOffsets(row_noise_e, row_key, whole) }),
    };
    const response = responseOf(exposure);
    const placed = whole && numbersOn(whole, shape.width);
    digitize(
      block,
      numbers.length,
      pixels,
      numbers,
      key,
      response,
      counted,
      maps ?? undefined,
      placed,
    );
    block = Float64Array.from(counted);
  }

  function rowOffsets(
    row_noise_e: number,
    key: readonly [number, number],
    whole: Digitize["whole"],
  ): Float64Array {
    const { height } = shape;
    const offsets = new Float64Array(numbers.length * height);
    for (const [f, t] of numbers.entries()) {
      normals(offsets.subarray(f * height, (f + 1) * height), rowNoise(t, height, whole), key);
    }
    return offsets.map((normal) => normal * row_noise_e);
  }
}

function patchesOf({ length: count, offsets, shapes, starts, data }: FootprintStack) {
  const table = Int32Array.from({ length: 4 * count }, (_, i) =>
    i % 4 < 2 ? offsets[2 * (i >> 2) + (i % 4)]! : shapes[2 * (i >> 2) + (i % 4) - 2]!,
  );
  return { count, table, starts, data };
}
