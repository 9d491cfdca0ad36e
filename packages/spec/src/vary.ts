// Changes of a spec by dotted path: the one way in which the command line, sweeps and programs set fields, add steps and leave steps out.
import type { Path } from "./error.ts";
import { excerpt } from "./excerpt.ts";
import { itemMeant, noSuchField, type PlaceRules, segmentsOf, walk } from "./place.ts";
import { isRecord } from "./structure.ts";
import { didYouMean } from "./suggest.ts";
import { VaryProblem } from "./vary-problem.ts";

/** A dotted path and what is to stand there: ["acquisition.optics.na", 0.2], ["steps.vasculature", null]. */
export type Change = readonly [path: string, value: unknown];

/** A change that cannot be made, with its number among the changes. */
export interface Misfit {
  readonly change: number;
  /** Whether the value does not fit, and not the path. */
  readonly ofValue: boolean;
  /** One sentence; does not repeat the path. */
  readonly message: string;
}

export interface Varied {
  /** A copy with the changes made that can be. It still has to be parsed. */
  readonly spec: unknown;
  /** Where each change stands in it, step kinds resolved to their index; empty for a misfit, and for a step that was left out. */
  readonly places: readonly Path[];
  readonly misfits: readonly Misfit[];
}

export interface VaryOptions extends PlaceRules {
  /** The kinds of steps that may be added, or left out where they are not. */
  readonly kinds: readonly string[];
}

/**
 * `steps.KIND` as a whole is replaced by an object of parameters, added where the spec does not have it, and left out by null. Whole steps
 * change first, so that other changes may set fields of new ones. Where a step holds one list with one item that has a field, the path may leave
 * them out: `steps.place_neurons.density_per_mm3` is the density of the one population.
 */
export function varied(base: unknown, changes: readonly Change[], options: VaryOptions): Varied {
  const spec = structuredClone(base);
  const places: Path[] = changes.map(() => []);
  const misfits: Misfit[] = [];
  const attempt = (change: number, make: (path: readonly string[], value: unknown) => void) => {
    const [path, value] = changes[change]!;
    try {
      make(segmentsOf(path), structuredClone(value));
    } catch (error) {
      if (!(error instanceof VaryProblem)) throw error;
      misfits.push({ change, ofValue: error.ofValue, message: error.message });
    }
  };
  const whole = [...changes.keys()].filter((change) => isWholeStep(changes[change]![0]));
  for (const change of whole) {
    attempt(change, ([, kind], value) => replaceStep(spec, kind!, value, options.kinds));
  }
  for (const change of changes.keys()) {
    if (whole.includes(change)) continue;
    attempt(change, (segments, value) => {
      places[change] = setField(spec, segments, value, options);
    });
  }
  const kinds = kindsOf(spec);
  for (const change of whole) {
    const index = kinds.indexOf(segmentsOf(changes[change]![0])[1]!);
    if (index >= 0) places[change] = ["steps", index];
  }
  misfits.sort((a, b) => a.change - b.change);
  return { spec, places, misfits };
}

/** What parses specs, and the steps that they may have. */
interface Parser {
  readonly Spec: {
    safeParse(
      input: unknown,
    ): { readonly ok: true; readonly spec: unknown } | { readonly ok: false };
  };
  readonly steps: readonly { readonly kind: string }[];
}

/**
 * Changes of a spec as somebody wrote it. One that is right by itself is completed with its defaults first, so that paths reach what it does not
 * write out; another one may become right by the changes.
 */
export function variedInput(
  input: unknown,
  changes: readonly Change[],
  { Spec, steps }: Parser,
): Varied {
  const parsed = Spec.safeParse(input);
  const kinds = steps.map(({ kind }) => kind);
  return varied(parsed.ok ? parsed.spec : input, changes, { complete: parsed.ok, kinds });
}

/** Whether the path is that of a step as a whole: `steps.KIND`. */
function isWholeStep(path: string): boolean {
  const segments = segmentsOf(path);
  return segments.length === 2 && segments[0] === "steps" && !/^\d+$/.test(segments[1]!);
}

function replaceStep(spec: unknown, kind: string, value: unknown, kinds: readonly string[]): void {
  const steps = stepsOf(spec);
  const index = kindsOf(spec).indexOf(kind);
  if (index < 0 && !kinds.includes(kind)) {
    const near = didYouMean(kind, kinds) || ` The kinds are ${kinds.join(", ")}.`;
    throw new VaryProblem(`there is no step of the kind "${excerpt(kind)}".${near}`);
  }
  if (value === null) {
    if (index >= 0) steps.splice(index, 1);
    return;
  }
  if (!isRecord(value) || (value.kind !== undefined && value.kind !== kind)) {
    const wanted = "a step is an object with its parameters, or null to leave it out.";
    throw new VaryProblem(wanted, true);
  }
  const step = { ...value, kind };
  if (index < 0) steps.push(step);
  else steps[index] = step;
}

function setField(
  spec: unknown,
  segments: readonly string[],
  value: unknown,
  options: VaryOptions,
): Path {
  const [root, kind, ...rest] = segments;
  if (root === undefined) {
    throw new VaryProblem("a path is needed, as in acquisition.optics.na.");
  }
  const change = { spec, path: segments, value, rules: options };
  if (root !== "steps") return walk({ ...change, at: spec, start: [], segments });
  if (kind === undefined) {
    throw new VaryProblem("name a step by its kind, as in steps.place_neurons.");
  }
  const kinds = kindsOf(spec);
  const index = /^\d+$/.test(kind) ? Number(kind) : kinds.indexOf(kind);
  const step = stepsOf(spec)[index];
  if (step === undefined) {
    throw new VaryProblem(noSuchStep(kind, kinds, options.kinds));
  }
  if (rest.length === 0) throw new VaryProblem(noSuchField(segments.join("."), spec));
  const item = itemMeant(step, rest[0]!, `steps.${kind}`);
  const start: Path = ["steps", index, ...(item?.place ?? [])];
  return walk({ ...change, at: item?.value ?? step, start, segments: rest });
}

function noSuchStep(kind: string, present: readonly string[], known: readonly string[]): string {
  const missing = `the spec has no step "${excerpt(kind)}"`;
  if (known.includes(kind)) return `${missing}; set steps.${kind} to {} to add it.`;
  const near = didYouMean(kind, present) || ` Its steps are ${excerpt(present.join(", "), 300)}.`;
  return `${missing}.${near}`;
}

function stepsOf(spec: unknown): unknown[] {
  if (isRecord(spec) && Array.isArray(spec.steps)) return spec.steps;
  throw new VaryProblem("the spec has no list of steps.");
}

function kindsOf(spec: unknown): string[] {
  const steps = isRecord(spec) && Array.isArray(spec.steps) ? spec.steps : [];
  return steps.map((step: unknown) => (isRecord(step) ? String(step.kind) : ""));
}
