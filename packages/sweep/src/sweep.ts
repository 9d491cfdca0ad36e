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
  /** What is wrong with a parameter of the pipelines, in one sentence: an axis `pipeline.NAME` is for the evaluation, and not in the spec. */
  readonly parameterProblem?: ParameterProblem | undefined;
}

export type ParameterProblem = (name: string, value: Json) => ParameterMisfit | undefined;

export interface ParameterMisfit {
  /** Whether it is the value; else there is no such parameter. */
  readonly ofValue: boolean;
  readonly message: string;
}

/** One point of a sweep. */
export interface Variant {
  /** Counts from 0; the last axis changes fastest, then the repeat. */
  readonly index: number;
  /** The value of every axis; with repeats also `repeat` (from 0) and `seed` (that of the spec). */
  readonly tags: Readonly<Record<string, Json>>;
  readonly spec: Spec;
  readonly cache_key: string;
  /** The values of axes `pipeline.NAME`, by NAME. */
  readonly pipeline: Readonly<Record<string, Json>>;
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
  const parameterProblem = options.parameterProblem ?? noParameters;
  const list = Object.entries(axes).map(([name, values]) => ({ name, values }));
  const parsed = simulator.Spec.safeParse(typeof base === "string" ? presetSpec(base) : base);
  const wrongBase = parsed.ok ? [] : parsed.issues.filter(({ severity }) => severity === "error");
  const problems = [
    ...wrongBase.map(({ path, message }) => ({ path: ["base", ...path], message })),
    ...gridProblems(list, mode, repeats),
  ];
  if (problems.length > 0 || !parsed.ok) throw new SweepError(problems);
  const variants = variantsOf(parsed.spec, list, { simulator, mode, repeats, parameterProblem });
  return Object.freeze({ axes: list, variants, simulator });
}

const noParameters: ParameterProblem = (name) => ({
  ofValue: false,
  message: `no pipeline of this sweep has a parameter ${excerpt(name)}.`,
});

const PIPELINE = "pipeline.";
const isParameter = ({ name }: Axis): boolean => name.startsWith(PIPELINE);

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
  {
    simulator,
    mode,
    repeats,
    parameterProblem,
  }: Required<SweepOptions> & Pick<Sweep, "simulator"> & { parameterProblem: ParameterProblem },
): Variant[] {
  const kinds = simulator.steps.map(({ kind }) => kind);
  const findings = new Findings(axes);
  const variants: Variant[] = [];
  const seen = new Map<string, number>();
  let index = 0;
  for (const choice of gridPoints(axes, mode)) {
    const own = Object.fromEntries(axes.map(({ name, values }, i) => [name, values[choice[i]!]!]));
    findings.point(choice);
    const pipeline: Record<string, Json> = {};
    let isWrong = false;
    for (const [axis, { name, values }] of axes.entries()) {
      if (!isParameter(axes[axis]!)) continue;
      const parameter = name.slice(PIPELINE.length);
      const value = values[choice[axis]!]!;
      const problem = parameterProblem(parameter, value);
      if (problem) findings.add(choice, { axis, ...problem });
      isWrong ||= problem !== undefined;
      pipeline[parameter] = value;
    }
    const { spec, places, misfits } = specAt(base, axes, choice, kinds);
    for (const { change, ...misfit } of misfits) findings.add(choice, { axis: change, ...misfit });
    isWrong ||= misfits.length > 0;
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
      if (isWrong) continue;
      const cache_key = simulator.Spec.cacheKey(result.spec);
      const point = JSON.stringify([cache_key, pipeline]);
      const twin = seen.get(point);
      if (twin !== undefined) findings.twins(twin, index);
      seen.set(point, index);
      const tags = repeats > 1 ? { ...own, seed: result.spec.seed, repeat } : own;
      variants.push({ index, tags, spec: result.spec, cache_key, pipeline });
    }
  }
  const problems = findings.problems();
  if (problems.length > 0) throw new SweepError(problems);
  return variants;
}

/** The spec of a point. Places and misfits are those of all axes: what is no axis of the spec has none. */
function specAt(base: Spec, axes: readonly Axis[], choice: readonly number[], kinds: string[]) {
  const own = [...axes.keys()].filter((axis) => !isParameter(axes[axis]!));
  const changes = own.map((axis): Change => [axes[axis]!.name, axes[axis]!.values[choice[axis]!]!]);
  const { spec, places, misfits } = varied(base, changes, { complete: true, kinds });
  const placesOfAll: Path[] = axes.map(() => []);
  for (const [i, axis] of own.entries()) placesOfAll[axis] = places[i]!;
  const misfitsOfAll = misfits.map((misfit) => ({ ...misfit, change: own[misfit.change]! }));
  return { spec, places: placesOfAll, misfits: misfitsOfAll };
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
