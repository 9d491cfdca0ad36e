// Compiles again only what a change touches. Each step is watched while it compiles: what it reads of the acquisition, the facts
// and the scene, and what it leaves behind. As long as all it read is the same, what it left is put there again. A step is
// pure in these, so the plan is the one that a fresh compile would make.
import type { CompileContext, Plan, StepDefinition } from "@minisim/pipeline";
import { createSimulator, type Simulator } from "@minisim/simulator";
import type { Spec } from "@minisim/spec";

type Context = CompileContext<never, never>;
type Outcome = ReturnType<StepDefinition["compile"]>;
type Write = (scene: Context["scene"]) => void;

interface Memory {
  readonly inputs: string;
  /** Undefined where nothing was drawn. */
  readonly seed: number | undefined;
  /** What was read, by name, and what it was. */
  readonly reads: ReadonlyMap<string, unknown>;
  readonly writes: readonly { readonly slot: string; readonly again: Write }[];
  readonly truth: Readonly<Record<string, unknown>>;
  readonly warnings: readonly (readonly [string, string])[];
  readonly outcome: Outcome;
  /** Stands for the state of all that this step wrote. */
  readonly mark: object;
}

/** A simulator whose steps remember their last compile. */
export function createMemo(definitions: readonly StepDefinition[]): {
  readonly steps: Simulator["steps"];
  compile(spec: Spec): Plan;
} {
  const memories = new Map<string, Memory>();
  let seed = 0;
  let state = new Map<string, unknown>();
  const steps = definitions.map((step): StepDefinition => {
    const announced = { inputs: "", reads: new Map<string, unknown>(), facts: {} };
    return {
      ...step,
      ...(step.announce && {
        // The same announcement is the same object, so that facts can be told apart by identity.
        announce(context) {
          const inputs = JSON.stringify([context.params, context.geometry]);
          if (announced.inputs !== inputs || !holds(announced.reads, context.acquisition)) {
            announced.reads = new Map();
            announced.facts = step.announce!({
              ...context,
              acquisition: watched(context.acquisition, "", announced.reads),
            });
            announced.inputs = inputs;
          }
          return announced.facts;
        },
      }),
      compile(context) {
        const inputs = JSON.stringify([context.params, context.geometry]);
        const known = memories.get(step.kind);
        const drawn = known?.seed === undefined || known.seed === seed;
        if (drawn && known?.inputs === inputs && unchanged(known, context as never, state)) {
          for (const { slot, again } of known.writes) {
            again(context.scene);
            state.set(slot, known.mark);
          }
          Object.assign(context.truth, known.truth);
          for (const [code, message] of known.warnings) context.warn(code, message);
          return known.outcome;
        }
        const memory = record(step, context as unknown as Context, { inputs, seed, state });
        memories.set(step.kind, memory);
        return memory.outcome;
      },
    };
  });
  const simulator = createSimulator({ steps });
  return {
    steps: simulator.steps,
    compile(spec) {
      seed = spec.seed;
      state = new Map();
      return simulator.compile(spec);
    },
  };
}

function unchanged(memory: Memory, context: Context, state: ReadonlyMap<string, unknown>): boolean {
  for (const [name, value] of memory.reads) {
    if (name.startsWith("scene ")) {
      if (state.get(name.slice("scene ".length)) !== value) return false;
    } else if (name.startsWith("facts ")) {
      if (factOf(context, name.slice("facts ".length)) !== value) return false;
    } else if (pick(context.acquisition, name) !== value) return false;
  }
  return true;
}

function record(
  step: StepDefinition,
  context: Context,
  now: { readonly inputs: string; readonly seed: number; readonly state: Map<string, unknown> },
): Memory {
  const { state } = now;
  let drawn = false;
  const reads = new Map<string, unknown>();
  const writes: { slot: string; again: Write }[] = [];
  const warnings: (readonly [string, string])[] = [];
  const written = new Set<string>();
  const mark = {};
  const reading = (slot: string) => {
    const name = `scene ${slot}`;
    if (!written.has(slot) && !reads.has(name)) reads.set(name, state.get(slot));
  };
  const writing = (slot: string, again: Write) => {
    // What is added to depends on what was there.
    if (slot === "cells" || slot === "transmission") reading(slot);
    written.add(slot);
    writes.push({ slot, again });
    state.set(slot, mark);
  };
  const outcome = step.compile({
    ...(context as unknown as CompileContext<never>),
    acquisition: watched(context.acquisition, "", reads),
    facts: new Proxy(context.facts, {
      get(target, name: string) {
        const value = target[name as keyof typeof target];
        reads.set(`facts ${name}`, comparable(value));
        return value;
      },
    }),
    scene: watchedScene(context.scene, reading, writing),
    get random() {
      drawn = true;
      return context.random;
    },
    warn(code: string, message: string) {
      warnings.push([code, message]);
      context.warn(code, message);
    },
  } as never);
  return {
    inputs: now.inputs,
    // Asked again each time: a series may draw when it is read.
    get seed() {
      return drawn ? now.seed : undefined;
    },
    reads,
    writes,
    truth: { ...(context.truth as object) },
    warnings,
    outcome,
    mark,
  };
}

const COLUMNS = new Set(["activity", "optics", "intact_fraction"]);

/** The scene, telling what is read from it and written to it. */
function watchedScene(
  scene: Context["scene"],
  reading: (slot: string) => void,
  writing: (slot: string, again: Write) => void,
): Context["scene"] {
  const cells = new Proxy(scene.cells, {
    get(target, name: string) {
      if (name === "add") {
        return (list: Parameters<typeof target.add>[0]) => {
          writing("cells", (again) => again.cells.add(list));
          target.add(list);
        };
      }
      reading(COLUMNS.has(name) ? name : "cells");
      if (name === "observed") reading("optics");
      const value = Reflect.get(target, name, target) as unknown;
      return typeof value === "function" ? value.bind(target) : value;
    },
    set(target, name: string, value) {
      writing(name, (again) => Reflect.set(again.cells, name, value));
      return Reflect.set(target, name, value, target);
    },
  });
  return new Proxy(scene, {
    get(target, name: string) {
      if (name === "cells") return cells;
      if (name === "geometry") return target.geometry;
      if (name === "occlude") {
        return (field: Float64Array) => {
          writing("transmission", (again) => again.occlude(field));
          target.occlude(field);
        };
      }
      reading(name);
      return Reflect.get(target, name, target);
    },
    set(target, name: string, value) {
      writing(name, (again) => Reflect.set(again, name, value));
      return Reflect.set(target, name, value, target);
    },
  });
}

/** Plain nested data, telling which of its values are read. Over an empty target: a proxy of frozen data may not wrap its parts. */
function watched<T extends object>(data: T, prefix: string, reads: Map<string, unknown>): T {
  return new Proxy({} as T, {
    get(_, name: string) {
      const value = Reflect.get(data, name) as unknown;
      if (typeof value === "object" && value !== null && !Array.isArray(value)) {
        return watched(value, `${prefix}${name}.`, reads);
      }
      reads.set(`${prefix}${String(name)}`, comparable(value));
      return value;
    },
    // Whoever lists or spreads the data reads all of it.
    ownKeys() {
      reads.set(`${prefix}*`, comparable({ ...data }));
      return Reflect.ownKeys(data);
    },
    getOwnPropertyDescriptor(_, name) {
      return { value: Reflect.get(data, name), enumerable: true, configurable: true };
    },
  });
}

/** Small things by content, typed arrays by identity. */
function comparable(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { data } = value as { data?: unknown };
  return ArrayBuffer.isView(data) ? data : JSON.stringify(value);
}

function pick(data: object, path: string): unknown {
  const names = path.split(".");
  const last = names.pop()!;
  const place = names.reduce((part, name) => part[name] as never, data as Record<string, unknown>);
  return comparable(last === "*" ? { ...place } : place[last]);
}

const factOf = (context: Context, name: string): unknown =>
  comparable(context.facts[name as keyof Context["facts"]]);

function holds(reads: ReadonlyMap<string, unknown>, acquisition: object): boolean {
  return [...reads].every(([name, value]) => pick(acquisition, name) === value);
}
