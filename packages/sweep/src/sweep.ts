// A base spec and axes → every point's spec, all of them checked before anything is simulated.

import {
  type Change,
  excerpt,
  formatIssue,
  type Issue,
  noSuchField,
  type Path,
  type Spec,
  type SpecInput,
  varied,
} from "@minisim/spec";
import { didYouMean } from "@minisim/spec/suggest";
import { builtin, preset, presetNames, type Simulator } from "minisim";
import { Findings } from "./findings.ts";
import { type Axis, gridPoints, gridProblems, type SweepMode } from "./grid.ts";
import type { Json, JsonObject } from "./json.ts";
import { SweepError } from "./problem.ts";

export interface SweepOptions {
  /** Whose steps the specs use; the built-in ones where absent. */
  readonly simulator?: Simulator | undefined;
  /** Every combination of values (the default), or the first values of all axes, the second ones, and so on. */
  readonly mode?: SweepMode;
  /** How often each point is simulated, with seeds s, s + 1, … from the point's own seed s. Default 1. */
  readonly repeats?: number;
}

/** One point of a sweep. */
export interface Variant {
  /** Counts from 0; the last axis changes fastest, then the repeat. */
  readonly index: number;
  /** The value of every axis; with repeats also `repeat` (from 0) and `seed` (that of the spec). */
  readonly tags: Readonly<Record<string, Json>>;
  readonly spec: Spec;
  readonly cache_key: string;
}

export interface Sweep {
  readonly axes: readonly Axis[];
  readonly variants: readonly Variant[];
  readonly simulator: Simulator;
}

/** The values of each axis by its dotted path. */
export type Axes = Readonly<Record<string, readonly Json[]>>;

/**
 * The points of a sweep. `base` is a spec or the name of a preset.
 * @throws SweepError that lists every axis that points nowhere and every value that no spec can have.
 */
export function sweep(base: SpecInput | string, axes: Axes, options: SweepOptions = {}): Sweep {
  const { simulator = builtin, mode = "product", repeats = 1 } = options;
  const list = Object.entries(axes).map(([name, values]) => ({ name, values }));
  const parsed = simulator.Spec.safeParse(typeof base === "string" ? presetSpec(base) : base);
  const wrongBase = parsed.ok ? [] : parsed.issues.filter(({ severity }) => severity === "error");
  const problems = [
    ...wrongBase.map(({ path, message }) => ({ path: ["base", ...path], message })),
    ...gridProblems(list, mode, repeats),
  ];
  if (problems.length > 0 || !parsed.ok) throw new SweepError(problems);
  const variants = variantsOf(parsed.spec, list, { simulator, mode, repeats });
  return Object.freeze({ axes: list, variants, simulator });
}

function presetSpec(name: string): SpecInput {
  const spec = preset(name);
  if (spec) return spec;
  const names = presetNames;
  const near = didYouMean(name, names);
  const message = `"${excerpt(name)}" is no preset.${near} The presets are ${names.join(", ")}.`;
  throw new SweepError([{ path: ["base"], message }]);
}

function variantsOf(
  base: Spec,
  axes: readonly Axis[],
  { simulator, mode, repeats }: Required<SweepOptions> & Pick<Sweep, "simulator">,
): Variant[] {
  const kinds = simulator.steps.map(({ kind }) => kind);
  const findings = new Findings(axes);
  const variants: Variant[] = [];
  const seen = new Map<string, number>();
  let index = 0;
  for (const choice of gridPoints(axes, mode)) {
    const changes = axes.map(({ name, values }, i): Change => [name, values[choice[i]!]!]);
    const { spec, places, misfits } = varied(base, changes, { complete: true, kinds });
    const own = Object.fromEntries(axes.map(({ name, values }, i) => [name, values[choice[i]!]!]));
    findings.point(choice);
    for (const { change, ...misfit } of misfits) findings.add(choice, { axis: change, ...misfit });
    for (let repeat = 0; repeat < repeats; repeat++, index++) {
      const seeded = reseeded(spec as JsonObject, repeat);
      const result = simulator.Spec.safeParse(seeded);
      if (!result.ok) {
        for (const issue of result.issues.filter(({ severity }) => severity === "error")) {
          const axis = axisOf(issue, places);
          const unknown = axis !== undefined && issue.code === "unknown_field";
          const atAxis = unknown && issue.path.length === places[axis]!.length;
          if (atAxis) {
            const message = noSuchField(axes[axis]!.name, base);
            findings.add(choice, { axis, ofValue: false, message });
          } else {
            const message = axis === undefined ? formatIssue(issue) : within(issue, places[axis]!);
            findings.add(choice, { axis, ofValue: true, message });
          }
        }
        break;
      }
      if (misfits.length > 0) continue;
      const cache_key = simulator.Spec.cacheKey(result.spec);
      const twin = seen.get(cache_key);
      if (twin !== undefined) findings.twins(twin, index);
      seen.set(cache_key, index);
      const tags = repeats > 1 ? { ...own, seed: result.spec.seed, repeat } : own;
      variants.push({ index, tags, spec: result.spec, cache_key });
    }
  }
  const problems = findings.problems();
  if (problems.length > 0) throw new SweepError(problems);
  return variants;
}

const reseeded = (spec: JsonObject, repeat: number): JsonObject =>
  repeat === 0 ? spec : { ...spec, seed: (spec.seed as number) + repeat };

/** The axis that put what an issue complains about where it is. */
function axisOf({ path }: Issue, places: readonly Path[]): number | undefined {
  const holds = (place: Path) =>
    place.length > 0 && place.every((segment, i) => path[i] === segment);
  const lengths = places.map((place) => (holds(place) ? place.length : 0));
  const most = Math.max(...lengths, 0);
  return most === 0 ? undefined : lengths.indexOf(most);
}

/** The sentence of an issue, after the path inside the axis' value where it is there. */
function within(issue: Issue, place: Path): string {
  const inside = issue.path.slice(place.length);
  return inside.length === 0 ? issue.message : formatIssue({ ...issue, path: inside });
}
