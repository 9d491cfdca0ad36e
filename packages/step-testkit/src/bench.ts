// A small simulation around one step: with the step or without it, with any seed, rendered in any way.
import type { Instruction, Plan, StepDefinition } from "@minisim/pipeline";
import { createRandom } from "@minisim/random";
import { type RenderOptions, render } from "@minisim/render";
import type { Exposure } from "@minisim/sensor";
import { createSimulator, type Simulator } from "@minisim/simulator";
import { digest } from "./node-digest.ts";
import { type Needs, standIns } from "./stand-ins.ts";

export type Params = Readonly<Record<string, unknown>>;

export interface Surroundings {
  readonly needs: Needs;
  readonly acquisition: Params;
  readonly exposure?: Exposure | undefined;
}

export interface Setting {
  /** Parameters of the step under test; null leaves the step out. */
  readonly params: Params | null;
  readonly seed?: number;
}

export interface Bench {
  readonly simulator: Simulator;
  spec(setting: Setting): unknown;
  compile(setting: Setting): Plan;
  /** All frames of the finished movie, in frame order whatever order they are rendered in. */
  movie(plan: Plan, options?: RenderOptions): Promise<Float32Array>;
  /** Fingerprint of what the step leaves (operands, truth, columns) when only its own seed differs from the others'. */
  imprint(params: Params, ownSeed: number): string;
}

const ACQUISITION = {
  fps: 20,
  duration_s: 1.5,
  optics: { na: 0.3, magnification: 3 },
  image_sensor: { n_px_height: 53, n_px_width: 62, pixel_pitch_um: 6 },
} as const;

/** `step` among stand-ins, on a small scope. */
export function createBench(step: StepDefinition, surroundings: Surroundings): Bench {
  const { needs, acquisition, exposure } = surroundings;
  const companions = standIns(step.kind, needs, exposure);
  let ownSeed: number | null = null;
  let imprint = "";
  const recorded: StepDefinition = {
    ...step,
    compile(context) {
      if (ownSeed === null) return step.compile(context);
      const random = createRandom(ownSeed).child(step.kind);
      const result = step.compile({ ...context, random });
      imprint = imprintOf(result ?? [], context.truth, context.scene.cells);
      return result;
    },
  };
  const simulator = createSimulator({ steps: [...companions, recorded] });
  const spec = ({ params, seed = 1 }: Setting) => ({
    acquisition: { ...ACQUISITION, ...acquisition },
    seed,
    steps: [
      ...companions.map(({ kind }) => ({ kind })),
      ...(params ? [{ kind: step.kind, ...params }] : []),
    ],
  });
  const compile = (setting: Setting) => simulator.compile(spec(setting));
  return {
    simulator,
    spec,
    compile,
    async movie(plan, options = {}) {
      const { n_frames, fov } = plan.program.geometry;
      const pixels = fov.height * fov.width;
      const movie = new Float32Array(n_frames * pixels);
      for await (const { frames, data } of render(plan.program, options)) {
        for (const [f, t] of frames.entries()) {
          movie.set(data.subarray(f * pixels, (f + 1) * pixels), t * pixels);
        }
      }
      return movie;
    },
    imprint(params, seed) {
      ownSeed = seed;
      try {
        compile({ params });
        return imprint;
      } finally {
        ownSeed = null;
      }
    },
  };
}

function imprintOf(
  result: Instruction | readonly Instruction[],
  truth: object,
  cells: Plan["scene"]["cells"],
): string {
  const { activity, optics, intact_fraction } = cells;
  const placed = [...cells].map(({ position_um, planted }) => ({ position_um, planted }));
  const made = "verb" in result ? unscaled(result) : result.map(unscaled);
  return digest({ result: made, truth, placed, activity, optics, intact_fraction });
}

/** A scale counts like an array that is filled with it: the light is the same. */
function unscaled(instruction: Instruction): Instruction {
  if (instruction.verb !== "accumulate") return instruction;
  const { components, weights } = instruction;
  if ("constant" in weights || weights.scale === undefined) return instruction;
  const [first] = weights.per_frame;
  const values = first instanceof Float64Array ? first.length : first!.rows * first!.frames;
  const filled = new Float64Array(values).fill(weights.scale);
  return { verb: "accumulate", components, weights: { per_frame: [...weights.per_frame, filled] } };
}
