// The frame program: every movie effect as one of six verbs with typed-array operands. A renderer knows the verbs and
// never a step. Constructors here are what a step's compile returns.
import type { FootprintStack } from "@minisim/footprint";
import type { Whole } from "@minisim/kernels";
import type { Exposure } from "@minisim/sensor";
import type { Container } from "@minisim/spec";
import type { SceneGeometry, Shape } from "./geometry.ts";
import type { FrameSeries } from "./series.ts";

/** Dense components: `count` fields of one shape, row-major one after the other. */
export interface DenseFields extends Shape {
  readonly count: number;
  readonly data: Float64Array;
}

/**
 * Smooth components: coefficients of cubic B-splines on a coarse grid, which is `coarseGrid(shape, spacing_px)` of the kernels and has its
 * centre in the centre of the frames. Only their weighted sum is taken to the pixels, so a component costs what it has of nodes.
 */
export interface CoarseFields {
  readonly spacing_px: number;
  /** Where the frames are a part of larger ones, whose grid it is. */
  readonly whole?: Whole;
  /** On the coarse grid. */
  readonly coefficients: FootprintStack;
}

/** What an accumulate adds up. */
export type Components = FootprintStack | CoarseFields | DenseFields;

export function countOf(components: Components): number {
  if ("canvas" in components) return components.length;
  return "coefficients" in components ? components.coefficients.length : components.count;
}

/**
 * Component weights. `per_frame`: arrays or series of shape component × frame whose elementwise product is the weight, so
 * that a step can hand over the truth it already has; `scale` is one more factor, the same for all. `constant`: one value
 * a component.
 */
export type Weights =
  | { readonly per_frame: readonly (Float64Array | FrameSeries)[]; readonly scale?: number }
  | { readonly constant: Float64Array };

/** Where the pixels of a sensor differ, over the FOV, row-major. Fixed to the sensor: nothing moves it. */
export interface SensorPatterns {
  /** Relative to a usual pixel's, not negative. */
  readonly sensitivity: Float64Array;
  /** Mean dark electrons in one frame, in place of the exposure's. */
  readonly dark_e: Float64Array;
  /** Electrons that are added when the pixel is read. */
  readonly offset_e: Float64Array;
}

export interface Accumulate {
  readonly verb: "accumulate";
  readonly components: Components;
  readonly weights: Weights;
}
export interface Modulate {
  readonly verb: "modulate";
  /** Null: 1 everywhere; then there are weights. */
  readonly field: Float64Array | null;
  /** One factor a frame on top of the field; null: none. */
  readonly weights: Float64Array | null;
  /** Where the field changes in time: the weights are those of this one, which is added to the field. */
  readonly swing?: Float64Array;
}
/** A displacement that varies smoothly over the FOV: fields times a weight in each frame. */
export interface Displacement {
  /** Of the nodes of the fields, cubic B-splines on `coarseGrid(fov, spacing_px)` of the kernels. */
  readonly spacing_px: number;
  /** Where the FOV is a part of a larger one, whose grid it is. */
  readonly whole?: Whole;
  /** How many fields there are. */
  readonly count: number;
  /** Coefficients, px: field × (dy, dx) × nodes. */
  readonly basis: Float64Array;
  /** field × frame */
  readonly weights: Float64Array;
}
export interface Translate {
  readonly verb: "translate";
  /** frame × 2, (dy, dx) px, positive moves content to higher indices; null: crop only. */
  readonly shifts: Float64Array | null;
  /** On top of the shifts, which it needs. */
  readonly displacement?: Displacement;
}
export interface Digitize {
  readonly verb: "digitize";
  readonly exposure: Exposure;
  /** Philox key of the noise of the pixels. */
  readonly key: readonly [number, number];
  /** Null where all pixels are alike and no row has an offset of its own. */
  readonly patterns: SensorPatterns | null;
  /** Philox key of the offsets of the rows. */
  readonly row_key: readonly [number, number];
  /** Where the FOV is a part of the sensor: which pixels' noise it has. */
  readonly whole?: Whole;
}
/**
 * What is delivered of the frames, one value a frame each: rows [0, tear) of frame `upper`, all others of frame `lower`; −1 is a black frame.
 * A frame that is delivered twice is the same to the byte. It ends the program, and stages before it have their frames as they were.
 */
export interface Assemble {
  readonly verb: "assemble";
  readonly upper: Int32Array;
  readonly lower: Int32Array;
  readonly tear: Int32Array;
  /** Null: none. */
  readonly stripes: Stripes | null;
}
/** Added to row y of a frame: amplitude · mean of the frame · sin(2π (y / period_px + phase)). Counts are rounded and clipped again. */
export interface Stripes {
  readonly period_px: number;
  /** One value a frame; 0 leaves the frame alone. */
  readonly amplitude: Float64Array;
  readonly phase: Float64Array;
}
/** Loaded where the frames are rendered: `module` is imported there and its `export` called once with the operands. */
export interface Custom {
  readonly verb: "custom";
  readonly module: string;
  readonly export: string;
  readonly operands: Readonly<Record<string, CustomOperand>>;
  /** Where the frames are a part of larger ones. */
  readonly whole?: Whole;
}
export type CustomOperand = Float64Array | Float32Array | Int32Array | Uint8Array | number | string;
/**
 * What a custom verb's export is: given operands and frame shape, a function that changes one frame in place. Operands are those of the whole sensor: where
 * a window of it is recorded, `whole` says where in the whole frame these pixels lie, so that the verb can do there what it does to them in the whole one.
 */
export type CustomVerb = (
  operands: Readonly<Record<string, CustomOperand>>,
  shape: Shape,
  whole: Whole,
) => (frame: Float32Array | Float64Array, frameNumber: number) => void;

export type Instruction = Accumulate | Modulate | Translate | Digitize | Assemble | Custom;

/** frame += Σ_k weight_k(t) · component_k. */
export const accumulate = (components: Components, weights: Weights): Accumulate => ({
  verb: "accumulate",
  components,
  weights,
});

/** frame *= field (· weight(t)); with a swing, frame *= field + weight(t) · swing. A field of null is 1 everywhere, and costs less than one of ones. */
export const modulate = (
  field: Float64Array | null,
  weights: Float64Array | null = null,
  swing?: Float64Array,
): Modulate => ({
  verb: "modulate",
  field,
  weights,
  ...(swing && { swing }),
});

/** Sub-pixel shift, or shift and smooth displacement (bilinear), then crop from canvas to FOV. */
export const translate = (
  shifts: Float64Array | null,
  displacement: Displacement | null = null,
): Translate => ({ verb: "translate", shifts, ...(displacement && { displacement }) });

/** Light → electrons → counts. Offsets of rows need patterns. */
export const digitize = (
  exposure: Exposure,
  key: readonly [number, number],
  patterns: SensorPatterns | null = null,
  row_key: readonly [number, number] = [0, 0],
): Digitize => ({ verb: "digitize", exposure, key, patterns, row_key });

/** Frames → what is delivered of them. */
export const assemble = (
  { upper, lower, tear }: Pick<Assemble, "upper" | "lower" | "tear">,
  stripes: Stripes | null = null,
): Assemble => ({ verb: "assemble", upper, lower, tear, stripes });

/** A verb of one's own, by module and export name, so that workers can load it. */
export const custom = (
  module: string,
  exportName: string,
  operands: Readonly<Record<string, CustomOperand>>,
): Custom => ({ verb: "custom", module, export: exportName, operands });

/** One step's place in the program: what the movie is after it. */
export interface StageInfo {
  readonly name: string;
  readonly kind: string;
  /** Number of instructions that make the movie up to and including this stage. */
  readonly end: number;
  /** The grid of the frames at this stage; null while there is no movie yet (cell steps). */
  readonly space: "canvas" | "fov" | null;
  /** How a frame is stored without loss at this stage. */
  readonly container: Container;
}

export interface FrameProgram {
  readonly geometry: SceneGeometry;
  readonly instructions: readonly Instruction[];
  /** Every step in canonical order. */
  readonly stages: readonly StageInfo[];
}

/** The stage called `name` (a stage name or a step kind). Throws an error that lists what there is. */
export function findStage(program: FrameProgram, name: string): StageInfo {
  const stage = program.stages.find((s) => s.name === name || s.kind === name);
  if (stage) return stage;
  const names = program.stages.map((s) => (s.name === s.kind ? s.name : `${s.name} (${s.kind})`));
  throw new RangeError(`There is no stage "${name}"; this recording has ${names.join(", ")}.`);
}
