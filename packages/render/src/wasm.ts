// The wasm backend: operands are copied into the kernels' memory once, then every verb runs on whole blocks.
import {
  type Arena,
  createKernels,
  type F32,
  type I32,
  type Kernels,
  type U8,
  type U16,
} from "@minisim/kernels";
import {
  type Accumulate,
  area,
  type CustomVerb,
  type Digitize,
  type FrameProgram,
  type Instruction,
  type Modulate,
  type SceneGeometry,
  type Shape,
  type Translate,
} from "@minisim/pipeline";
import type { Machine } from "./machine.ts";
import type { BlockWeights } from "./weights.ts";

/** The block under way: which frames, on which grid, as light or as counts. */
interface State {
  readonly geometry: SceneGeometry;
  readonly kernels: Kernels;
  readonly arena: Arena;
  readonly blockFrames: number;
  readonly numbers: I32;
  readonly canvas: F32;
  /** The same buffer as the canvas where nothing moves the one onto the other. */
  readonly fov: F32;
  readonly counts8: U8;
  readonly counts16: U16;
  frames: Int32Array;
  weights: BlockWeights;
  space: "canvas" | "fov";
  counted: U8 | U16 | null;
}

type Run = (state: State) => void;

export function wasmMachine(
  program: FrameProgram,
  blockFrames: number,
  verbs: ReadonlyMap<number, CustomVerb>,
): Machine {
  const state = createState(program, blockFrames);
  let space: "canvas" | "fov" = "canvas";
  const runs = program.instructions.map((instruction, index) => {
    if (instruction.verb === "translate") space = "fov";
    return prepare(instruction, index, state, program.geometry[space], verbs.get(index));
  });

  return {
    begin(frames, weights) {
      state.frames = frames;
      state.weights = weights;
      state.space = "canvas";
      state.counted = null;
      state.numbers.set(frames);
      current(state).view().fill(0);
    },
    run(from, to) {
      for (let index = from; index < to; index++) {
        widenCounts(state);
        runs[index]!(state);
      }
    },
    frames() {
      const { counted } = state;
      const block = (counted ?? current(state)).view();
      const filled = block.subarray(0, state.frames.length * area(grid(state)));
      // A look at counts leaves them counts: they may still be asked for as such.
      return filled instanceof Float32Array ? filled : Float32Array.from(filled);
    },
    counts() {
      if (!state.counted) throw new Error("The last instruction was not a digitize.");
      return state.counted.view().subarray(0, state.frames.length * area(grid(state)));
    },
    release: () => state.arena.release(),
  };
}

function createState(program: FrameProgram, blockFrames: number): State {
  const { geometry, instructions } = program;
  const kernels = createKernels();
  const arena = kernels.arena();
  const fovPixels = blockFrames * area(geometry.fov);
  const canvas = arena.f32(blockFrames * area(geometry.canvas));
  const moves = instructions.some(({ verb }) => verb === "translate");
  const depths = instructions.flatMap((i) => (i.verb === "digitize" ? [i.sensor.bit_depth] : []));
  return {
    geometry,
    kernels,
    arena,
    blockFrames,
    numbers: arena.i32(blockFrames),
    canvas,
    fov: moves ? arena.f32(fovPixels) : canvas,
    counts8: arena.u8(depths.some((bits) => bits <= 8) ? fovPixels : 0),
    counts16: arena.u16(depths.some((bits) => bits > 8) ? fovPixels : 0),
    frames: new Int32Array(0),
    weights: [],
    space: "canvas",
    counted: null,
  };
}

const current = (state: State): F32 => state[state.space];
const grid = (state: State): Shape => state.geometry[state.space];

/** Counts become light again for whatever follows a digitize. */
function widenCounts(state: State): void {
  if (!state.counted) return;
  const n = state.frames.length * area(grid(state));
  const light = current(state).view();
  const counts = state.counted.view();
  for (let i = 0; i < n; i++) light[i] = counts[i]!;
  state.counted = null;
}

function prepare(
  instruction: Instruction,
  index: number,
  state: State,
  shape: Shape,
  verb: CustomVerb | undefined,
): Run {
  switch (instruction.verb) {
    case "accumulate":
      return "canvas" in instruction.components
        ? preparePatches(instruction, index, state)
        : prepareFields(instruction, index, state);
    case "modulate":
      return prepareModulate(instruction, state);
    case "translate":
      return prepareTranslate(instruction);
    case "digitize":
      return prepareDigitize(instruction);
    case "custom": {
      const change = verb!(instruction.operands, shape);
      return (s) => {
        const pixels = area(grid(s));
        const block = current(s).view();
        for (const [f, t] of s.frames.entries()) {
          change(block.subarray(f * pixels, (f + 1) * pixels), t);
        }
      };
    }
  }
}

function preparePatches(
  { components }: Accumulate,
  index: number,
  { arena, blockFrames }: State,
): Run {
  if (!("canvas" in components)) throw new TypeError("Sparse components expected.");
  const { length: count, offsets, shapes, starts, data, canvas } = components;
  const table = new Int32Array(count * 4);
  for (let k = 0; k < count; k++) {
    table.set(offsets.subarray(2 * k, 2 * k + 2), 4 * k);
    table.set(shapes.subarray(2 * k, 2 * k + 2), 4 * k + 2);
  }
  const patches = {
    count,
    table: arena.i32(table.length).set(table),
    starts: arena.i32(count).set(starts.subarray(0, count)),
    data: arena.f32(data.length).set(data),
  };
  const blockWeights = arena.f32(count * blockFrames);
  return (state) => {
    blockWeights.set(state.weights[index]!);
    const shape = { nFrames: state.frames.length, ...canvas };
    state.kernels.accumulatePatches(current(state), shape, patches, blockWeights);
  };
}

function prepareFields(
  { components }: Accumulate,
  index: number,
  { arena, blockFrames }: State,
): Run {
  if ("canvas" in components) throw new TypeError("Dense components expected.");
  const { count, data } = components;
  const pixels = area(components);
  const fields = Array.from({ length: count }, (_, k) =>
    arena.f32(pixels).set(data.subarray(k * pixels, (k + 1) * pixels)),
  );
  const fieldWeights = arena.f32(blockFrames);
  return (state) => {
    const n = state.frames.length;
    const weights = state.weights[index]!;
    for (const [k, field] of fields.entries()) {
      fieldWeights.set(weights.subarray(k * n, (k + 1) * n));
      state.kernels.accumulateField(current(state), n, pixels, field, fieldWeights);
    }
  };
}

function prepareModulate({ field, weights }: Modulate, { arena, blockFrames }: State): Run {
  const operand = arena.f32(field.length).set(field);
  const blockWeights = weights ? arena.f32(blockFrames) : undefined;
  return (state) => {
    const { frames, kernels } = state;
    if (weights && blockWeights) {
      const view = blockWeights.view();
      for (const [f, t] of frames.entries()) view[f] = weights[t]!;
    }
    kernels.modulate(current(state), frames.length, field.length, operand, blockWeights);
  };
}

function prepareTranslate({ shifts }: Translate): Run {
  return (state) => {
    const { kernels, geometry, frames, canvas, fov } = state;
    const { margin_px: margin } = geometry;
    const moves = new Float64Array(2 * frames.length);
    if (shifts)
      for (const [f, t] of frames.entries()) {
        moves[2 * f] = shifts[2 * t]!;
        moves[2 * f + 1] = shifts[2 * t + 1]!;
      }
    const source = { nFrames: frames.length, ...geometry.canvas };
    const window = { top: margin, left: margin, ...geometry.fov };
    kernels.translate(canvas, source, fov, window, moves);
    state.space = "fov";
  };
}

function prepareDigitize({ sensor, key }: Digitize): Run {
  const { bit_depth, ...response } = sensor;
  const full = { ...response, max_count: 2 ** bit_depth - 1 };
  return (state) => {
    const target = bit_depth <= 8 ? state.counts8 : state.counts16;
    const n = state.frames.length;
    const pixels = area(grid(state));
    state.kernels.digitize(current(state), n, pixels, state.numbers, key, full, target);
    state.counted = target;
  };
}
