// The conformance suite: what every effect step promises, as vitest tests. Call it from a step's own test file.
import { groundTruth } from "@minisim/finalize";
import {
  compile,
  createCompiler,
  expectedWork,
  type Plan,
  type StepDefinition,
  slots,
} from "@minisim/pipeline";
import { createRandom } from "@minisim/random";
import { type Exposure, maxCount } from "@minisim/sensor";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { type Bench, createBench, type Params, type Setting } from "./bench.ts";
import { digest } from "./node-digest.ts";
import { golden } from "./node-golden.ts";
import type { Announces, Needs } from "./stand-ins.ts";

export interface ConformanceOptions {
  /** Parameters with which the step shows all it does, truth fields included. Defaults where absent. */
  readonly params?: Params;
  /** Parameters that change nothing in the movie, or why the step has none. */
  readonly neutral: Params | { readonly none: string };
  /** Whether the step draws random numbers. */
  readonly draws: boolean;
  /** What must be in the scene before it. Default: cells with traces. */
  readonly needs?: Needs;
  /** Changes to the small scope that the step is tried in. */
  readonly acquisition?: Params;
  /** Truth fields that the step leaves with other parameters only. */
  readonly absent?: readonly string[];
  /** The file that pins the step's bytes: new URL("./golden.json", import.meta.url). */
  readonly golden?: URL;
  /** A detector to announce, for a step that needs to know the exposure. */
  readonly exposure?: Exposure;
  /** What another step announces, for a step that follows a fact. */
  readonly announced?: Announces;
}

// float32 against float64: a pixel sees at most about 32 roundings (12 overlapping cells, a handful of verbs, operands
// rounded once), each at most 2^-24 of the brightest pixel.
const ROUNDINGS = 32;
const RELATIVE_TOLERANCE = ROUNDINGS * 2 ** -24;
// A count differs where the float32 electrons fall on the other side of a whole number: with at most 2^8 electrons and
// ROUNDINGS roundings of 2^-24 each, in a share of about 2^8 · 32 · 2^-24 = 5e-4 of pixels.
const COUNT_SHARE = 2 ** 8 * RELATIVE_TOLERANCE;

/** Registers the suite for one step. */
export function conformance(step: StepDefinition, options: ConformanceOptions): void {
  const { params = {}, neutral, draws, needs = "traces", acquisition = {} } = options;
  const { exposure, announced, absent = [] } = options;
  const bench = createBench(step, { needs, acquisition, exposure, announced });

  describe(`${step.kind} conforms`, () => {
    describesItself(step);
    parameters(step, bench, params);
    determinism(bench, params, draws);
    independence(step, bench, params);
    memory(bench, params);
    truthFields(step, bench, params, absent);
    work(step, bench, params);
    if (!("none" in neutral)) neutrality(bench, neutral);
    frames(bench, params);
    backends(bench, params);
    if (options.golden) pinned(step, bench, params, absent, options.golden);
  });
}

function describesItself(step: StepDefinition): void {
  test("has a revision, a summary and sources", () => {
    expect(Number.isInteger(step.revision) && step.revision >= 1).toBe(true);
    expect(step.kind).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(step.summary).not.toBe("");
    expect(step.sources.length).toBeGreaterThan(0);
  });

  test("every parameter has a description, and every number a unit", () => {
    const undescribed: string[] = [];
    const visit = (node: JsonSchema, path: string) => {
      for (const [name, field] of Object.entries(node.properties ?? {})) {
        const at = `${path}.${name}`;
        if (!field.description) undescribed.push(`${at} has no description`);
        if (isNumber(field) && !field.unit) undescribed.push(`${at} has no unit`);
        visit(field, at);
      }
      for (const part of [node.items, ...(node.anyOf ?? [])]) if (part) visit(part, path);
    };
    visit(z.toJSONSchema(step.params, { io: "input" }) as JsonSchema, step.kind);
    expect(undescribed).toEqual([]);
  });
}

interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly unit?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

const isNumber = ({ type, anyOf }: JsonSchema): boolean =>
  type === "number" || type === "integer" || (anyOf?.some(isNumber) ?? false);

function parameters(step: StepDefinition, bench: Bench, params: Params): void {
  test("its defaults parse, and so do its parameters", () => {
    expect(step.params.safeParse({}).success).toBe(true);
    expect(bench.simulator.Spec.safeParse(bench.spec({ params }))).toMatchObject({ ok: true });
  });

  const { firstEdition } = step;
  if (firstEdition) {
    test("what the first edition had by default becomes parameters of today", () => {
      const { Spec } = bench.simulator;
      const first = { ...(bench.spec({ params: {} }) as object), spec_version: 1 };
      const { spec, changes } = Spec.migrate(first);
      expect(changes.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(Spec.safeParse(spec)).toMatchObject({ ok: true });
      // Every field that is gone is accounted for.
      const changed = changes.flatMap(({ path }) => (path[0] === "steps" ? [path[2]] : []));
      const gone = Object.keys(firstEdition.params.shape).filter(
        (name) => !(name in step.params.shape),
      );
      expect(changed).toEqual(expect.arrayContaining(gone));
    });
  }

  test("an unknown parameter is an error at its own path", () => {
    const spec = bench.spec({ params: { ...params, not_a_parameter: 1 } });
    const result = bench.simulator.Spec.safeParse(spec);
    expect(result.ok).toBe(false);
    const paths = result.ok ? [] : result.issues.map((issue) => issue.path.at(-1));
    expect(paths).toContain("not_a_parameter");
  });

  test("a spec with it survives JSON", () => {
    const { Spec } = bench.simulator;
    const spec = Spec.parse(bench.spec({ params }));
    const again = Spec.parse(JSON.parse(JSON.stringify(spec)));
    expect(again).toEqual(spec);
    expect(Spec.cacheKey(again)).toBe(Spec.cacheKey(spec));
  });
}

function determinism(bench: Bench, params: Params, draws: boolean): void {
  test("the same seed gives the same bytes", async () => {
    const first = bench.compile({ params });
    const second = bench.compile({ params });
    expect(digest(second.truth)).toBe(digest(first.truth));
    expect(digest(await bench.movie(second))).toBe(digest(await bench.movie(first)));
  });

  test(
    draws ? "another seed gives other bytes" : "its seed changes nothing: it draws nothing",
    () => {
      const one = bench.imprint(params, 1);
      expect(bench.imprint(params, 1)).toBe(one);
      if (draws) expect(bench.imprint(params, 2)).not.toBe(one);
      else expect(bench.imprint(params, 2)).toBe(one);
    },
  );
}

function independence(step: StepDefinition, bench: Bench, params: Params): void {
  test("its presence touches no other step's draws, keys or columns", () => {
    const without = bench.compile({ params: null });
    const present = bench.compile({ params });
    for (const [name, field] of without.truth) {
      expect(digest(present.truth.get(name)?.data), name).toBe(digest(field.data));
    }
    const cells = present.scene.get(slots.cells);
    for (const [i, { key }] of [...without.scene.get(slots.cells)].entries()) {
      expect(cells.at(i).key).toEqual(key);
    }
    const before = without.scene.get(slots.activity);
    if (before) expect(digest(present.scene.get(slots.activity))).toBe(digest(before));
  });

  test("announcing has no side effects", () => {
    const { Spec } = bench.simulator;
    const plan = bench.compile({ params });
    const { kind: _, ...own } = Spec.parse(bench.spec({ params })).steps.find(
      ({ kind }) => kind === step.kind,
    )!;
    const context = {
      params: own,
      acquisition: plan.spec.acquisition,
      random: createRandom(plan.spec.seed).child(step.kind),
      geometry: { ...plan.program.geometry, fov_um: [0, 0] as const, exposure_s: 1 },
    };
    const announced = () => digest(step.announce?.(context as never) ?? null);
    expect(announced()).toBe(announced());
  });
}

function memory(bench: Bench, params: Params): void {
  test("compiled again after any change it makes what a fresh compile makes", () => {
    const { Spec, steps } = bench.simulator;
    const compiler = createCompiler(steps);
    const printOf = ({ truth, program, warnings }: Plan) =>
      digest([[...truth].map(([name, { data }]) => [name, data]), program.instructions, warnings]);
    const settings: Setting[] = [
      { params },
      { params },
      { params, seed: 2 },
      { params: null },
      { params: {} },
      { params, acquisition: { focal_depth_in_tissue_um: 40 } },
      { params, acquisition: { optics: { na: 0.4, magnification: 3 } } },
      { params, acquisition: { duration_s: 1 } },
      { params },
    ];
    for (const setting of settings) {
      const spec = Spec.parse(bench.spec(setting)) as Plan["spec"];
      expect(printOf(compiler.compile(spec))).toBe(printOf(compile(spec, steps)));
    }
  });
}

function truthFields(
  step: StepDefinition,
  bench: Bench,
  params: Params,
  absent: readonly string[],
): void {
  test("leaves every truth field it declares, with the declared dimensions and a unit", () => {
    const plan = bench.compile({ params });
    for (const [name, { dims, unit }] of Object.entries(step.truth ?? {})) {
      const field = plan.truth.get(name);
      if (absent.includes(name)) {
        expect(field, `truth field ${name}`).toBeUndefined();
        continue;
      }
      expect(field, `truth field ${name}`).toBeDefined();
      expect(field!.shape.length).toBe(dims.length);
      expect(unit).not.toBe("");
    }
    const truth = groundTruth(plan);
    for (const name of Object.keys(step.truth ?? {})) {
      if (absent.includes(name)) continue;
      expect([...truth.fields.keys()], "fields of the ground truth").toContain(name);
    }
  });
}

function work(step: StepDefinition, bench: Bench, params: Params): void {
  test("tells the fields that its instructions read for every frame, and a share of work that is made of numbers", () => {
    const plan = bench.compile({ params });
    const { stages, instructions } = plan.program;
    const stage = stages.findIndex(({ kind }) => kind === step.kind);
    const own = instructions.slice(stages[stage - 1]?.end ?? 0, stages[stage]!.end);
    const fields = own.map((instruction) => {
      if (instruction.verb === "modulate") {
        return (instruction.field?.length ?? 0) + (instruction.swing?.length ?? 0);
      }
      if (instruction.verb !== "accumulate" || "canvas" in instruction.components) return 0;
      return "data" in instruction.components ? instruction.components.data.length : 0;
    });
    const coefficients = own.map((instruction) => {
      if (instruction.verb !== "accumulate" || !("coefficients" in instruction.components))
        return 0;
      return instruction.components.coefficients.data.length;
    });
    const { shares } = expectedWork(plan.spec, bench.simulator.steps);
    const { kind: _, cells = [], ...share } = shares.find(({ kind }) => kind === step.kind)!;
    expect(share.field_px ?? 0).toBe(fields.reduce((sum, length) => sum + length, 0));
    // Those around cells are told by cells, of which the stand-ins tell nothing.
    const told = share.coefficients ?? 0;
    if (told > 0) expect(told).toBe(coefficients.reduce((sum, length) => sum + length, 0));
    const numbers = [...Object.values(share), ...cells.flatMap((group) => Object.values(group))];
    for (const value of numbers.map(Number)) expect(value >= 0 && value < Infinity).toBe(true);
  });
}

function neutrality(bench: Bench, neutral: Params): void {
  test("neutral parameters change nothing", async () => {
    const without = await bench.movie(bench.compile({ params: null }));
    const present = await bench.movie(bench.compile({ params: neutral }));
    expect(without.some((value) => value !== 0)).toBe(true);
    expect(digest(present)).toBe(digest(without));
  });
}

// The renderer keeps weights of 64 frames at a time. This many frames cross two borders between such stretches.
const MANY_FRAMES = 130;

function frames(bench: Bench, params: Params): void {
  test("frame order and block size change nothing", async () => {
    const plan = bench.compile({ params, frames: MANY_FRAMES });
    const { n_frames } = plan.program.geometry;
    expect(n_frames).toBe(MANY_FRAMES);
    const whole = digest(await bench.movie(plan));
    for (const blockFrames of [1, 7, 64]) {
      expect(digest(await bench.movie(plan, { blockFrames })), `blocks of ${blockFrames}`).toBe(
        whole,
      );
    }
    const backwards = Array.from({ length: n_frames }, (_, i) => n_frames - 1 - i);
    expect(digest(await bench.movie(plan, { frames: backwards, blockFrames: 5 }))).toBe(whole);
    const shuffled = Array.from({ length: n_frames }, (_, i) => (i * 7 + 3) % n_frames);
    expect(new Set(shuffled).size).toBe(n_frames);
    expect(digest(await bench.movie(plan, { frames: shuffled, blockFrames: 5 }))).toBe(whole);
  });
}

function backends(bench: Bench, params: Params): void {
  test("the wasm backend agrees with the reference backend", async () => {
    const plan = bench.compile({ params });
    const wasm = await bench.movie(plan);
    const reference = await bench.movie(plan, { backend: "reference" });
    const counts = plan.program.stages.at(-1)!.container !== "float32";
    let peak = 0;
    let worst = 0;
    let differing = 0;
    for (let i = 0; i < wasm.length; i++) {
      const difference = Math.abs(wasm[i]! - reference[i]!);
      peak = Math.max(peak, Math.abs(reference[i]!));
      worst = Math.max(worst, difference);
      if (difference > 0) differing += 1;
    }
    if (counts) {
      expect(peak).toBeLessThanOrEqual(maxCount(16));
      expect(worst).toBeLessThanOrEqual(1);
      expect(differing / wasm.length).toBeLessThan(COUNT_SHARE);
    } else expect(worst).toBeLessThanOrEqual(peak * RELATIVE_TOLERANCE);
  });
}

function pinned(
  step: StepDefinition,
  bench: Bench,
  params: Params,
  absent: readonly string[],
  file: URL,
): void {
  test("has the pinned bytes", async () => {
    const plan = bench.compile({ params });
    const present = Object.keys(step.truth ?? {}).filter((name) => !absent.includes(name));
    const fields = present.map((name) => [name, digest(plan.truth.get(name)?.data)]);
    const current = {
      contribution: bench.imprint(params, 1),
      ...Object.fromEntries(fields),
      movie: digest(await bench.movie(plan)),
    };
    expect(current).toEqual(golden(file, current));
  });
}
