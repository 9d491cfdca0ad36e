// A small simulation around one step: with the step or without it, with any seed, rendered in any way.
import {
  area,
  type Instruction,
  type Made,
  type Plan,
  type StepDefinition,
  slots,
} from "@minisim/pipeline";
import { createRandom, type Random } from "@minisim/random";
import { type RenderOptions, render } from "@minisim/render";
import type { Exposure } from "@minisim/sensor";
import { createSimulator, type Simulator } from "@minisim/simulator";
import { type Announces, type Needs, standIns } from "./stand-ins.ts";

export type Params = Readonly<Record<string, unknown>>;

export interface Surroundings {
  readonly needs: Needs;
  readonly acquisition: Params;
  readonly exposure?: Exposure | undefined;
  readonly announced?: Announces | undefined;
}

export interface Setting {
  /** Parameters of the step under test; null leaves the step out. */
  readonly params: Params | null;
  readonly seed?: number;
  /** Frames of the recording; as many as the acquisition says where absent. */
  readonly frames?: number;
  /** Changes to the acquisition. */
  readonly acquisition?: Params;
}

export interface Bench {
  readonly simulator: Simulator;
  spec(setting: Setting): unknown;
  compile(setting: Setting): Plan;
  /** All frames of the finished movie, in frame order whatever order they are rendered in. */
  movie(plan: Plan, options?: RenderOptions): Promise<Float32Array>;
  /** What the step makes (operands, truth, slots) when only its own seed differs from the others'. */
  imprint(params: Params, ownSeed: number): unknown;
  /** What the step does to every frame. */
  instructionsOf(plan: Plan): readonly Instruction[];
  /** The value at this place of a movie, in words: its frame and its pixel. */
  placeOf(plan: Plan, at: number): string;
}

const ACQUISITION = {
  fps: 20,
  duration_s: 1.5,
  optics: { na: 0.3, magnification: 3 },
  image_sensor: { n_px_height: 53, n_px_width: 62, pixel_pitch_um: 6 },
} as const;

/** `step` among stand-ins, on a small scope. */
export function createBench(step: StepDefinition, surroundings: Surroundings): Bench {
  const { needs, acquisition, exposure, announced } = surroundings;
  const companions = standIns(step.kind, needs, exposure, announced);
  let ownSeed: number | null = null;
  let made: Made = {};
  const owned = (random: Random) =>
    ownSeed === null ? random : createRandom(ownSeed).child(step.kind);
  const recorded: StepDefinition = {
    ...step,
    announce: (context) => step.announce?.({ ...context, random: owned(context.random) }) ?? [],
    compile(context) {
      made = step.compile({ ...context, random: owned(context.random) }) ?? {};
      return made;
    },
  };
  const simulator = createSimulator({ steps: [...companions, recorded] });
  const usual = { ...ACQUISITION, ...acquisition };
  const spec = ({ params, seed = 1, frames, acquisition: changes = {} }: Setting) => ({
    acquisition: {
      ...usual,
      ...changes,
      ...(frames !== undefined && { duration_s: frames / usual.fps }),
    },
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
        const { scene } = compile({ params });
        return imprintOf(made, scene, step.domain);
      } finally {
        ownSeed = null;
      }
    },
    instructionsOf({ program: { stages, instructions } }) {
      const own = stages.findIndex(({ kind }) => kind === step.kind);
      return instructions.slice(stages[own - 1]?.end ?? 0, stages[own]!.end);
    },
    placeOf({ program: { geometry } }, at) {
      const { height, width } = geometry.fov;
      const row = Math.floor(at / width) % height;
      return `frame ${Math.floor(at / (height * width))}, pixel (row ${row}, column ${at % width})`;
    },
  };
}

/** Slots of which the imprint has what is on the scene, or which follow from truth that it has. */
const KNOWN: ReadonlySet<string> = new Set(Object.keys(slots));

function imprintOf(
  { put = [], truth = {}, frames = [] }: Made,
  scene: Plan["scene"],
  domain: StepDefinition["domain"],
): unknown {
  const pixels = area(domain === "sensor" ? scene.geometry.fov : scene.geometry.canvas);
  const filled = (instruction: Instruction) => spelledOut(instruction, pixels);
  const placed = [...scene.get(slots.cells)].map(({ position_um, planted }) => ({
    position_um,
    planted,
  }));
  const puts = "slot" in put ? [put] : put;
  const own = puts
    .filter(({ slot }) => !KNOWN.has(slot.name))
    .map(({ slot, given }) => [slot.name, given] as const);
  return {
    result: "verb" in frames ? filled(frames) : frames.map(filled),
    truth,
    placed,
    activity: scene.get(slots.activity),
    optics: scene.get(slots.optics),
    intact_fraction: scene.get(slots.intact_fraction),
    ...Object.fromEntries(own),
  };
}

/** A scale counts like an array that is filled with it, and no field like one of ones: the light is the same. So it is on any machine. */
function spelledOut(instruction: Instruction, pixels: number): Instruction {
  if (instruction.verb === "modulate" && instruction.field === null) {
    return { ...instruction, field: new Float64Array(pixels).fill(1) };
  }
  // A verb's module is a place on this machine.
  if (instruction.verb === "custom") return { ...instruction, module: "" };
  if (instruction.verb !== "accumulate") return instruction;
  const { components, weights } = instruction;
  if ("constant" in weights || weights.scale === undefined) return instruction;
  const [first] = weights.per_frame;
  const values = first instanceof Float64Array ? first.length : first!.rows * first!.frames;
  const filled = new Float64Array(values).fill(weights.scale);
  return { verb: "accumulate", components, weights: { per_frame: [...weights.per_frame, filled] } };
}
