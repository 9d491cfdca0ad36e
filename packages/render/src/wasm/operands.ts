// Instructions made ready for the kernels: operands are copied into their memory once, and what depends on the frames of
// a block is brought in by `load`.

import type { FootprintStack } from "@minisim/footprint";
import type { Digitization, LightOperation, Motion, U8, U16 } from "@minisim/kernels";
import {
  type Accumulate,
  type Components,
  type CustomVerb,
  countOf,
  type Digitize,
  type Modulate,
  type Shape,
  type Translate,
} from "@minisim/pipeline/rendering";
import { changeOf } from "../custom.ts";
import { numbersOn, responseOf, rowNoise } from "../digitization.ts";
import type { RenderedProgram } from "../machine.ts";
import { motionReader } from "../motion.ts";
import type { State } from "./state.ts";

export interface ReadyLight {
  readonly verb: "light";
  readonly operation: LightOperation;
  load(state: State): void;
}
export interface ReadyMove {
  readonly verb: "translate";
  /** Of every frame of the block. */
  motion(state: State): Motion;
}
export interface ReadySensor {
  readonly verb: "digitize";
  readonly target: U8 | U16;
  readonly digitization: Digitization;
  load(state: State): void;
}
export interface ReadyCustom {
  readonly verb: "custom";
  readonly change: ReturnType<CustomVerb>;
}
export type Ready = ReadyLight | ReadyMove | ReadySensor | ReadyCustom;

/** `shape` is the grid that the frames are on when the instruction comes. */
export function prepare(
  instruction: RenderedProgram["instructions"][number],
  index: number,
  state: State,
  shape: Shape,
  verb: CustomVerb | undefined,
): Ready {
  switch (instruction.verb) {
    case "accumulate":
      return prepareAccumulate(instruction, index, state);
    case "modulate":
      return prepareModulate(instruction, state);
    case "translate":
      return prepareTranslate(instruction, state);
    case "digitize":
      return prepareDigitize(instruction, state);
    case "custom":
      return { verb: "custom", change: changeOf(instruction, shape, verb!) };
  }
}

function prepareAccumulate({ components }: Accumulate, index: number, state: State): ReadyLight {
  const weights = state.arena.f32(countOf(components) * state.blockFrames);
  return {
    verb: "light",
    operation: { ...prepareComponents(components, state), weights },
    load: (block) => void weights.set(block.weights[index]!),
  };
}

function prepareComponents(components: Components, state: State) {
  if ("canvas" in components) {
    return { kind: "patches", patches: preparePatches(components, state) } as const;
  }
  if ("coefficients" in components) {
    const patches = preparePatches(components.coefficients, state);
    const { spacing_px, whole } = components;
    return { kind: "coarse", patches, spacing_px, whole } as const;
  }
  const { count, data } = components;
  return { kind: "fields", count, fields: state.arena.f32(data.length).set(data) } as const;
}

function preparePatches(
  { length: count, offsets, shapes, starts, data }: FootprintStack,
  { arena }: State,
) {
  const table = new Int32Array(count * 4);
  for (let k = 0; k < count; k++) {
    table.set(offsets.subarray(2 * k, 2 * k + 2), 4 * k);
    table.set(shapes.subarray(2 * k, 2 * k + 2), 4 * k + 2);
  }
  return {
    count,
    table: arena.i32(table.length).set(table),
    starts: arena.i32(count).set(starts.subarray(0, count)),
    data: arena.f32(data.length).set(data),
  };
}

function prepareModulate(
  { field, weights: factors, swing: second }: Modulate,
  { arena, blockFrames }: State,
): ReadyLight {
  const operand = field && arena.f32(field.length).set(field);
  if (!factors) {
    return { verb: "light", operation: { kind: "modulate", field: operand! }, load: () => {} };
  }
  const weights = arena.f32(blockFrames);
  const swing = second && arena.f32(second.length).set(second);
  return {
    verb: "light",
    operation: operand
      ? { kind: "modulate", field: operand, weights, swing }
      : { kind: "modulate", field: null, weights },
    load({ frames }) {
      const view = weights.view();
      for (let f = 0; f < frames.length; f++) view[f] = factors[frames[f]!]!;
    },
  };
}

function prepareTranslate(instruction: Translate, { blockFrames, geometry }: State): ReadyMove {
  const motionOf = motionReader(instruction, geometry.fov, blockFrames);
  return { verb: "translate", motion: ({ frames }) => motionOf(frames) };
}

function prepareDigitize(instruction: Digitize, state: State): ReadySensor {
  const { exposure, key, whole } = instruction;
  const { counts8, counts16, numbers: frameNumbers } = state;
  const { patterns, load } = preparePatterns(instruction, state);
  const response = responseOf(exposure);
  return {
    verb: "digitize",
    target: exposure.max_count <= 0xff ? counts8 : counts16,
    digitization: {
      frameNumbers,
      key,
      response,
      patterns,
      ...(whole && { numbers: numbersOn(whole, state.geometry.fov.width) }),
    },
    load,
  };
}

function preparePatterns({ exposure, patterns, row_key, whole }: Digitize, state: State) {
  const none = () => {};
  if (!patterns) return { patterns: undefined, load: none };
  const { arena, kernels, blockFrames, geometry } = state;
  const { height, width } = geometry.fov;
  const map = (values: Float64Array) => arena.f32(values.length).set(values);
  const fixed = {
    height,
    width,
    sensitivity: map(patterns.sensitivity),
    dark_e: map(patterns.dark_e),
    offset_e: map(patterns.offset_e),
  };
  if (exposure.row_noise_e === 0) return { patterns: fixed, load: none };
  const row = arena.f32(height);
  const row_offsets_e = arena.f32(blockFrames * height);
  return {
    patterns: { ...fixed, row_offsets_e },
    load({ frames }: State) {
      const offsets = row_offsets_e.view();
      for (let f = 0; f < frames.length; f++) {
        kernels.normals(row, rowNoise(frames[f]!, height, whole), row_key);
        const normals = row.view();
        for (let y = 0; y < height; y++)
          offsets[f * height + y] = normals[y]! * exposure.row_noise_e;
      }
    },
  };
}
