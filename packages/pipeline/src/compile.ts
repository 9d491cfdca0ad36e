// Spec → Plan: every step runs once, in canonical order, and leaves the scene, the truth and the frame program.
import { createRandom } from "@minisim/random";
import { geometryOf, type Issue, type Spec, type StepPackage } from "@minisim/spec";
import { cutPlan } from "./crop/cut-plan.ts";
import { type Announcement, facts, gatherFacts } from "./facts.ts";
import { type SceneGeometry, sceneGeometry } from "./geometry.ts";
import { type UsedStep, usedSteps } from "./order.ts";
import type { FrameProgram, Instruction } from "./program.ts";
import { ProgramBuilder } from "./program-builder.ts";
import { GrowingScene, Turn } from "./scene.ts";
import type { FrameSeries } from "./series.ts";
import { type ShareWorks, worksOf } from "./share-work.ts";
import { slots } from "./slots.ts";
import {
  type AnnounceContext,
  type CompileContext,
  listOf,
  type Made,
  type StepDefinition,
} from "./step.ts";
import type { Announced, Put, Scene } from "./tokens.ts";
import { type TruthField, truthField } from "./truth.ts";

/** All there is to know of a recording before the first pixel. */
export interface Plan {
  readonly spec: Spec;
  /** Of the spec; empty where it was compiled without a simulator, which knows it. */
  readonly cache_key: string;
  /** Revision of the physics of each step of the spec, by kind. */
  readonly step_revisions: Readonly<Record<string, number>>;
  /** What brought each step of the spec, by kind; without those that do not say. */
  readonly step_packages: Readonly<Record<string, StepPackage>>;
  readonly scene: Scene;
  /** The fields that steps made, by name. */
  readonly truth: ReadonlyMap<string, TruthField>;
  readonly program: FrameProgram;
  /** What the user should know, each with the place in the spec that it is about. */
  readonly warnings: readonly Issue[];
}

export interface CompileOptions {
  /** That of the spec, for the plan. */
  readonly cache_key?: string;
  readonly signal?: AbortSignal;
  /** Works out with other processes, which compile the same spec at the same time, what takes long. The plan is the same. */
  readonly share?: ShareWorks;
  /** Called before each step with its kind and how many of all steps are done. */
  readonly onStep?: (kind: string, done: number, total: number) => void;
}

/** What came of one step's turn. */
export interface Outcome {
  readonly puts: readonly { readonly slot: Put["slot"]; readonly value: unknown }[];
  readonly truth: NonNullable<Made["truth"]>;
  readonly frames: readonly Instruction[];
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
}

/** How the parts of a step are called: each time, or from memory where that gives the same. */
export interface Calls {
  announce(step: StepDefinition, context: AnnounceContext<unknown>): readonly Announced[];
  compile(step: StepDefinition, context: TurnContext, scene: GrowingScene): Outcome;
}

export interface TurnContext extends Omit<CompileContext<unknown>, "scene" | "share" | "warn"> {
  readonly share: ShareWorks | null;
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
  const calls: Calls = {
    announce,
    compile: (step, context, scene) => takeTurn(step, context, new Turn(scene)),
  };
  return compileWith(calls, spec, steps, options);
}

export const announce: Calls["announce"] = (step, context) =>
  listOf(step.announce?.(context as AnnounceContext<never>));

/** What the steps of a spec announce, in their order. */
export function announcementsOf(
  used: readonly UsedStep[],
  { acquisition, seed }: Spec,
  call: Calls["announce"] = announce,
): readonly Announcement[] {
  const geometry = geometryOf(acquisition);
  const root = createRandom(seed);
  return used.map(({ step, params }) => ({
    kind: step.kind,
    announced: call(step, { params, acquisition, geometry, random: root.child(step.kind) }),
  }));
}

/** Compiles one step. The scene does not change. */
export function takeTurn(step: StepDefinition, context: TurnContext, turn: Turn): Outcome {
  const warnings: { code: string; message: string }[] = [];
  const { params, acquisition, geometry, share } = context;
  const made = step.compile({
    params: params as never,
    acquisition,
    geometry,
    // Asked for only where the step asks.
    get random() {
      return context.random;
    },
    scene: turn,
    share: share && worksOf(step.kind, share),
    warn: (code, message) => void warnings.push({ code, message }),
  });
  const { put, truth = {}, frames, ...others } = made ?? {};
  const [odd] = Object.keys(others);
  if (odd !== undefined) {
    throw new Error(`Step "${step.kind}" returns "${odd}"; a step returns put, truth and frames.`);
  }
  for (const one of listOf(put)) turn.put(one);
  turn.end();
  return { puts: [...turn.puts.values()], truth, frames: listOf(frames), warnings };
}

export function compileWith(
  calls: Calls,
  spec: Spec,
  steps: readonly StepDefinition[],
  { cache_key = "", signal, share, onStep }: CompileOptions,
): Plan {
  const used = usedSteps(spec, steps);
  const { acquisition } = spec;
  const view = geometryOf(acquisition);
  const root = createRandom(spec.seed);
  const announcements = announcementsOf(used, spec, calls.announce);
  const known = gatherFacts(announcements, view);
  const margin = (known.get(facts.margin_px.name)?.value ?? 0) as number;
  const geometry = sceneGeometry(view, acquisition.fps, margin);
  const scene = new GrowingScene(geometry, known);
  const builder = new ProgramBuilder(geometry);
  const truth = new Map<string, TruthField>();
  const warnings: Issue[] = [];
  for (const [done, { step, params, index }] of used.entries()) {
    signal?.throwIfAborted();
    onStep?.(step.kind, done, used.length);
    if (step.domain === "sensor") builder.enterFov();
    const random = root.child(step.kind);
    const context = { params, acquisition, geometry, random, share: share ?? null };
    const outcome = calls.compile(step, context, scene);
    for (const { slot, value } of outcome.puts) scene.enter(slot, value);
    builder.stage(step.stage ?? step.kind, step.kind, outcome.frames, step.domain !== "cell");
    collectTruth(step, outcome.truth, lengthsOf(scene), truth);
    for (const { code, message } of outcome.warnings) {
      warnings.push({ severity: "warning", code, path: ["steps", index], message });
    }
  }
  const step_revisions = Object.fromEntries(used.map(({ step }) => [step.kind, step.revision]));
  const step_packages = packagesOf(used);
  const program = builder.build();
  const whole = { spec, cache_key, step_revisions, step_packages, scene, truth, program, warnings };
  return acquisition.window ? cutPlan(whole, acquisition.window) : Object.freeze(whole);
}

function packagesOf(used: readonly UsedStep[]): Plan["step_packages"] {
  const known = used.flatMap(({ step }) => (step.package ? [[step.kind, step.package]] : []));
  return Object.fromEntries(known);
}

/** The lengths of the dimensions that are known by now. */
function lengthsOf(scene: Scene): ReadonlyMap<string, number> {
  const { n_frames, fov, canvas }: SceneGeometry = scene.geometry;
  return new Map([
    ["unit", scene.get(slots.cells).count],
    ["frame", n_frames],
    ["height", fov.height],
    ["width", fov.width],
    ["canvas_height", canvas.height],
    ["canvas_width", canvas.width],
    ["axis_yx", 2],
    ["axis_zyx", 3],
  ]);
}

function collectTruth(
  step: StepDefinition,
  made: Readonly<Record<string, Float64Array | FrameSeries | undefined>>,
  lengths: ReadonlyMap<string, number>,
  truth: Map<string, TruthField>,
): void {
  for (const [name, value] of Object.entries(made)) {
    if (!value) continue;
    const declaration = step.truth?.[name];
    if (!declaration) throw new Error(`Step "${step.kind}" makes truth "${name}" undeclared.`);
    if (truth.has(name)) throw new Error(`Two steps make the truth field "${name}".`);
    truth.set(name, truthField(name, declaration, value, lengths));
  }
}
