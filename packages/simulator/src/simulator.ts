// createSimulator: one set of steps, and everything that can be done with specs that use them. No global registry.
import { finalize } from "@minisim/finalize";
import {
  type CompileOptions,
  compile,
  orderSteps,
  type Plan,
  type StepDefinition,
} from "@minisim/pipeline";
import type { Recording } from "@minisim/recording";
import {
  createSpecFactory,
  type ParsedSpec,
  type Spec,
  SpecError,
  type SpecFactory,
  type SpecInput,
} from "@minisim/spec";
import { clippingIssues } from "./clipping.ts";
import { frameSource } from "./frame-source.ts";
import { limitIssues } from "./limits.ts";
import { renderToMemory } from "./memory.ts";
import type { SimulateOptions } from "./options.ts";

export interface Simulator<S extends readonly StepDefinition[] = readonly StepDefinition[]> {
  /** The steps, in canonical order. */
  readonly steps: readonly StepDefinition[];
  /** Parses, validates and describes specs that use these steps. */
  readonly Spec: SpecFactory<S>;
  /**
   * Everything before the first pixel: scene, truth, frame program. Takes parsed specs and specs as written; what came from a file or
   * a form goes through `Spec.parse` first.
   * @throws SpecError for a spec that is not valid; the signal's reason when aborted.
   */
  compile(spec: SpecInput<S> | ParsedSpec, options?: CompileOptions): Plan;
  /**
   * Compile, render all frames to memory, finalize.
   * @throws SpecError for a spec that is not valid; RangeError for an unknown stage; the signal's reason when aborted.
   */
  simulate(spec: SpecInput<S> | ParsedSpec, options?: SimulateOptions): Promise<Recording>;
}

/** @throws Error when two steps share a kind, their order is circular, or a name of theirs is none. */
export function createSimulator<const S extends readonly StepDefinition[]>(options: {
  readonly steps: S;
}): Simulator<S> {
  for (const step of options.steps) assertNames(step);
  const steps = orderSteps(options.steps);
  const kinds = steps.map((step) => step.kind);
  const specs = createSpecFactory(options.steps, {
    order: (used) => kinds.filter((kind) => used.includes(kind)),
    check: (spec) => limitIssues(spec, steps),
  });
  const plan = (input: unknown, compileOptions?: CompileOptions): Plan => {
    const result = specs.safeParse(input);
    if (!result.ok) throw new SpecError(result.issues);
    const spec = result.spec as Spec;
    const cache_key = specs.cacheKey(result.spec);
    const compiled = compile(spec, steps, { ...compileOptions, cache_key });
    return { ...compiled, warnings: [...result.warnings, ...compiled.warnings] };
  };

  return Object.freeze({
    steps,
    Spec: specs,
    compile: plan,
    async simulate(spec: unknown, simulateOptions: SimulateOptions = {}) {
      const compiled = plan(spec, simulateOptions);
      const { movie, snapshots } = await renderToMemory(compiled, simulateOptions);
      const source = frameSource(compiled.program, simulateOptions);
      const clipping = clippingIssues(compiled, movie.data, simulateOptions.until);
      const warned = { ...compiled, warnings: [...compiled.warnings, ...clipping] };
      return finalize(warned, movie, { snapshots, source });
    },
  });
}

// Kinds, stages and truth fields become keys of objects and names of files.
const NAME = /^[a-z][a-z0-9_]*$/i;

function assertNames({ kind, stage = kind, truth = {} }: StepDefinition): void {
  const wrong = [kind, stage, ...Object.keys(truth)].find((name) => !NAME.test(name));
  if (wrong === undefined) return;
  throw new Error(
    `The step "${kind}" uses the name "${wrong}"; a name has letters, digits and "_", a letter first.`,
  );
}
