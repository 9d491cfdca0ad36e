// A frame program as it grows: stage by stage, with each operand checked against the grid that the frames are on.
import { coarseGrid } from "@minisim/kernels";
import type { Container } from "@minisim/spec";
import { area, type SceneGeometry, type Shape, sameShape } from "./geometry.ts";
import {
  countOf,
  type FrameProgram,
  type Instruction,
  type StageInfo,
  translate,
} from "./program.ts";
import type { FrameSeries } from "./series.ts";

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
