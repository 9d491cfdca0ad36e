// Spec → Plan: every step runs once, in canonical order, and leaves the scene, the truth and the frame program.
import { createRandom } from "@minisim/random";
import { geometryOf, type Issue, type Spec } from "@minisim/spec";
import { type Announcement, type Facts, gatherFacts } from "./facts.ts";
import { sceneGeometry } from "./geometry.ts";
import { usedSteps } from "./order.ts";
import { type FrameProgram, type Instruction, ProgramBuilder } from "./program.ts";
import { Scene } from "./scene.ts";
import type { FrameSeries } from "./series.ts";
import type { StepDefinition } from "./step.ts";
import { type TruthField, truthField } from "./truth.ts";

/** All there is to know of a recording before the first pixel. */
export interface Plan {
  readonly spec: Spec;
  /** Of the spec; empty where it was compiled without a simulator, which knows it. */
  readonly cache_key: string;
  readonly scene: Scene;
  readonly facts: Facts;
  /** The fields that steps assigned, by name. */
  readonly truth: ReadonlyMap<string, TruthField>;
  readonly program: FrameProgram;
  /** What the user should know, each with the place in the spec that it is about. */
  readonly warnings: readonly Issue[];
}

export interface CompileOptions {
  /** That of the spec, for the plan. */
  readonly cache_key?: string;
  readonly signal?: AbortSignal;
  /** Called before each step with its kind and how many of all steps are done. */
  readonly onStep?: (kind: string, done: number, total: number) => void;
}

/**
 * Compiles a parsed spec with the steps it names.
 * @throws the signal's reason when aborted; an Error when a step of the spec is not among `steps`.
 */
export function compile(
  spec: Spec,
  steps: readonly StepDefinition[],
  options: CompileOptions = {},
): Plan {
  const used = usedSteps(spec, steps);
  const { acquisition } = spec;
  const fovGeometry = geometryOf(acquisition);
  const announcements = used.map(({ step, params }) => {
    const announce = { params, acquisition, geometry: fovGeometry };
    return { kind: step.kind, facts: step.announce?.(announce) ?? ({} as Announcement) };
  });
  const facts = gatherFacts(announcements);
  const geometry = sceneGeometry(fovGeometry, acquisition.fps, facts.margin_px);
  const scene = new Scene(geometry);
  const builder = new ProgramBuilder(geometry);
  const root = createRandom(spec.seed);
  const truth = new Map<string, TruthField>();
  const warnings: Issue[] = [];
  const lengths = new Map([
    ["frame", geometry.n_frames],
    ["height", geometry.fov.height],
    ["width", geometry.fov.width],
    ["canvas_height", geometry.canvas.height],
    ["canvas_width", geometry.canvas.width],
    ["axis_yx", 2],
    ["axis_zyx", 3],
  ]);

  for (const [done, { step, params, index }] of used.entries()) {
    options.signal?.throwIfAborted();
    options.onStep?.(step.kind, done, used.length);
    if (step.domain === "sensor") builder.enterFov();
    const assigned: Record<string, Float64Array | FrameSeries> = {};
    const result = step.compile({
      params,
      acquisition,
      geometry,
      scene,
      facts,
      random: root.child(step.kind),
      truth: assigned,
      warn(code, message) {
        warnings.push({ severity: "warning", code, path: ["steps", index], message });
      },
    });
    builder.stage(step.stage ?? step.kind, step.kind, listOf(result), step.domain !== "cell");
    lengths.set("unit", scene.cells.count);
    collectTruth(step, assigned, lengths, truth);
  }
  return Object.freeze({
    spec,
    cache_key: options.cache_key ?? "",
    scene,
    facts,
    truth,
    program: builder.build(),
    warnings,
  });
}

function listOf(result: ReturnType<StepDefinition["compile"]>): readonly Instruction[] {
  if (!result) return [];
  return "verb" in result ? [result] : result;
}

function collectTruth(
  step: StepDefinition,
  assigned: Readonly<Record<string, Float64Array | FrameSeries>>,
  lengths: ReadonlyMap<string, number>,
  truth: Map<string, TruthField>,
): void {
  for (const [name, value] of Object.entries(assigned)) {
    const declaration = step.truth?.[name];
    if (!declaration) throw new Error(`Step "${step.kind}" assigns truth "${name}" undeclared.`);
    if (truth.has(name)) throw new Error(`Two steps assign the truth field "${name}".`);
    truth.set(name, truthField(name, declaration, value, lengths));
  }
}
