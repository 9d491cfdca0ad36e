// The frame program: every movie effect as one of six verbs with typed-array operands. A renderer knows the verbs and
// never a step. Constructors here are what a step's compile returns.
import type { FootprintStack } from "@minisim/footprint";
import { coarseGrid, type Whole } from "@minisim/kernels";
import type { Exposure } from "@minisim/sensor";
import type { Container } from "@minisim/spec";
import { area, type SceneGeometry, type Shape, sameShape } from "./geometry.ts";
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

/** Appends instructions stage by stage, and checks each operand against the grid the frames are on. */
export class ProgramBuilder {
  readonly #geometry: SceneGeometry;
  readonly #instructions: Instruction[] = [];
  readonly #stages: StageInfo[] = [];
  #space: "canvas" | "fov" = "canvas";
  #container: Container = "float32";
  #begun = false;
  /** The step whose instruction delivers the frames, the last there can be. */
  #deliverer: string | null = null;

  constructor(geometry: SceneGeometry) {
    this.#geometry = geometry;
  }

  /** Makes sure that frames are on the FOV from here on, by cropping where nothing has moved them there. */
  enterFov(): void {
    if (this.#space === "fov") return;
    if (this.#geometry.margin_px > 0) this.#instructions.push(translate(null));
    this.#space = "fov";
  }

  stage(name: string, kind: string, instructions: readonly Instruction[], hasMovie: boolean): void {
    for (const instruction of instructions) this.#append(instruction, kind);
    this.#begun ||= hasMovie;
    this.#stages.push({
      name,
      kind,
      end: this.#instructions.length,
      space: this.#begun ? this.#space : null,
      container: this.#container,
    });
  }

  build(): FrameProgram {
    return Object.freeze({
      geometry: this.#geometry,
      instructions: Object.freeze([...this.#instructions]),
      stages: Object.freeze([...this.#stages]),
    });
  }

  #append(instruction: Instruction, kind: string): void {
    const frames = this.#geometry.n_frames;
    const grid = this.#geometry[this.#space];
    const require = (ok: boolean, what: string) => {
      if (!ok) throw new RangeError(`Step "${kind}": ${what}`);
    };
    if (this.#deliverer !== null) throw new RangeError(tooLate(kind, this.#deliverer));
    if (instruction.verb === "assemble") this.#deliverer = kind;
    if (instruction.verb !== "assemble") this.#container = "float32";
    switch (instruction.verb) {
      case "accumulate": {
        const { components, weights } = instruction;
        const count = countOf(components);
        if ("coefficients" in components) {
          const nodes = coarseGrid(grid, components.spacing_px);
          const right = sameShape(components.coefficients.canvas, nodes);
          require(right, `the coefficients must lie on a coarse grid of ${size(nodes)}.`);
        } else {
          const shape = "canvas" in components ? components.canvas : components;
          const right = sameShape(shape, grid);
          require(right, `components must lie on the ${this.#space}, ${size(grid)}.`);
        }
        if ("data" in components && !("canvas" in components)) {
          const right = components.data.length === count * area(grid);
          require(right, `the components need ${count} × ${size(grid)} values.`);
        }
        if ("constant" in weights) {
          require(weights.constant.length === count, `needs ${count} constant weights.`);
        } else {
          const right = weights.per_frame.every((w) => valuesIn(w) === count * frames);
          require(right, `each weight array needs ${count} × ${frames} values.`);
        }
        break;
      }
      case "modulate":
        require((instruction.field?.length ?? area(grid)) ===
          area(grid), `the field must cover the ${this.#space}, ${size(grid)}.`);
        require(instruction.field !== null ||
          instruction.weights !== null, "what has no field needs frame weights.");
        require((instruction.weights?.length ?? frames) ===
          frames, `needs ${frames} frame weights.`);
        if (instruction.swing) {
          require(instruction.field !== null, "a swing needs a field.");
          require(instruction.weights !== null, "a field that swings needs frame weights.");
          require(instruction.swing.length ===
            area(grid), `the swing must cover the ${this.#space}, ${size(grid)}.`);
        }
        break;
      case "translate":
        require(this.#space === "canvas", "only one step may move the canvas onto the FOV.");
        require((instruction.shifts?.length ?? 2 * frames) ===
          2 * frames, `needs ${frames} × 2 shifts.`);
        if (instruction.displacement) {
          const { count, basis, weights, spacing_px } = instruction.displacement;
          const nodes = coarseGrid(this.#geometry.fov, spacing_px);
          require(instruction.shifts !== null, "a displacement comes on top of shifts.");
          require(basis.length ===
            2 *
              count *
              area(nodes), `a displacement needs ${count} × 2 × ${size(nodes)} coefficients.`);
          require(weights.length ===
            count * frames, `a displacement needs ${count} × ${frames} weights.`);
        }
        this.#space = "fov";
        break;
      case "digitize":
        // A sensor has no pixels beyond its field of view.
        require(sameShape(grid, this.#geometry.fov), "only frames on the FOV can be digitized.");
        for (const map of Object.values(instruction.patterns ?? {})) {
          require(map.length ===
            area(grid), `the sensor's patterns must cover the FOV, ${size(grid)}.`);
        }
        this.#container = instruction.exposure.max_count <= 0xff ? "uint8" : "uint16";
        break;
      case "assemble": {
        const { upper, lower, tear, stripes } = instruction;
        require(sameShape(grid, this.#geometry.fov), "only frames on the FOV can be delivered.");
        const columns = [
          upper,
          lower,
          tear,
          ...(stripes ? [stripes.amplitude, stripes.phase] : []),
        ];
        require(columns.every(
          ({ length }) => length === frames,
        ), `needs ${frames} values a column.`);
        const known = (t: number) => t >= -1 && t < frames;
        require(upper.every(known) &&
          lower.every(known), `frames are numbered from 0 to ${frames - 1}.`);
        break;
      }
      case "custom":
        break;
    }
    this.#instructions.push(instruction);
  }
}

const tooLate = (kind: string, deliverer: string): string =>
  `Step "${kind}" runs behind "${deliverer}", which delivers the frames: nothing changes them after that. With before: ["${deliverer}"] it runs ahead.`;

const valuesIn = (weights: Float64Array | FrameSeries): number =>
  weights instanceof Float64Array ? weights.length : weights.rows * weights.frames;

const size = (shape: Shape): string => `${shape.height} × ${shape.width}`;
