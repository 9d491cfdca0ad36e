// Compiles specs one after another and runs only the steps that a change touches. A step is a pure function of its parameters,
// of what it reads of the acquisition and the scene, and of its random numbers: where these are the same, so is its outcome.
import type { Acquisition, Spec } from "@minisim/spec";
import {
  announce,
  type Calls,
  type CompileOptions,
  compileWith,
  type Outcome,
  type Plan,
  type TurnContext,
  takeTurn,
} from "./compile.ts";
import { type GrowingScene, Turn } from "./scene.ts";
import type { StepDefinition } from "./step.ts";
import type { Announced } from "./tokens.ts";
import { type Reads, readsAlike, sameData, watched } from "./watched.ts";

export interface Compiler {
  /** The plan that `compile` makes. What is the same as in the last plan is the very same object. */
  compile(spec: Spec, options?: CompileOptions): Plan;
}

/** What a step made last, and of what. */
interface Memory<Result> {
  /** Null where nothing was drawn. */
  readonly seed: number | null;
  readonly params: unknown;
  readonly geometry: object;
  readonly acquisition: Reads;
  readonly result: Result;
}

interface TurnMemory extends Memory<Outcome> {
  /** What was read from the scene. */
  readonly scene: Turn["reads"];
}

export interface CompilerOptions {
  /** The key of a spec under the revisions of these steps, `Spec.cacheKey` of their simulator. Plans have an empty one where it is absent. */
  readonly cacheKey?: (spec: Spec) => string;
}

/** A compiler that remembers the last outcome of each step. */
export function createCompiler(
  steps: readonly StepDefinition[],
  { cacheKey }: CompilerOptions = {},
): Compiler {
  const announced = new Map<string, Memory<readonly Announced[]>>();
  const turns = new Map<string, TurnMemory>();

  const remembering = (seed: number): Calls => ({
    announce(step, context) {
      const known = announced.get(step.kind);
      if (known && holds(known, context, seed)) return known.result;
      const acquisition: Reads = new Map();
      const { params, geometry } = context;
      let drawn = false;
      const result = announce(step, {
        params,
        geometry,
        acquisition: watched(context.acquisition, acquisition),
        get random() {
          drawn = true;
          return context.random;
        },
      });
      announced.set(step.kind, {
        params,
        geometry,
        acquisition,
        seed: drawn ? seed : null,
        result,
      });
      return result;
    },
    compile(step, context, scene) {
      const known = turns.get(step.kind);
      if (known && holds(known, context, seed) && findsAlike(known.scene, scene)) {
        return known.result;
      }
      const acquisition: Reads = new Map();
      const turn = new Turn(scene);
      let drawn = false;
      const seen: TurnContext = {
        ...context,
        acquisition: watched(context.acquisition, acquisition),
        get random() {
          drawn = true;
          return context.random;
        },
      };
      const result = takeTurn(step, seen, turn);
      const { params, geometry } = context;
      const found = { params, geometry, acquisition, scene: turn.reads };
      turns.set(step.kind, { ...found, seed: drawn ? seed : null, result });
      return result;
    },
  });

  return Object.freeze({
    compile(spec: Spec, options: CompileOptions = {}) {
      const { cache_key = cacheKey?.(spec) ?? "" } = options;
      return compileWith(remembering(spec.seed), spec, steps, { ...options, cache_key });
    },
  });
}

function holds(
  memory: Memory<unknown>,
  now: { readonly params: unknown; readonly geometry: object; readonly acquisition: Acquisition },
  seed: number,
): boolean {
  return (
    (memory.seed === null || memory.seed === seed) &&
    sameData(memory.params, now.params) &&
    sameData(memory.geometry, now.geometry) &&
    readsAlike(memory.acquisition, now.acquisition)
  );
}

function findsAlike(reads: Turn["reads"], scene: GrowingScene): boolean {
  return [...reads].every(([name, parts]) => {
    const now = scene.partsOf(name);
    return now.length === parts.length && now.every((part, i) => Object.is(part, parts[i]));
  });
}
