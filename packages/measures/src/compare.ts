// A movie's measures beside the range of a reference.
import { InputError, shown } from "@minisim/spec/input";
import type { Measures } from "./measure.ts";
import type { Reference } from "./reference.ts";
import { isComparable } from "./scale.ts";
import type { LightMeasures } from "./truth/light.ts";
import type { TruthMeasures } from "./truth/measure-truth.ts";

/** The measures of a movie, and where it has a truth those of the truth. */
export interface RecordingMeasures extends Measures {
  /** Null or absent for a movie without truth. `light` is null where the expected movies are not known. */
  readonly truth?: (TruthMeasures & { readonly light?: LightMeasures | null }) | null;
}

export interface Comparison {
  /** Path of the measure: "variance_shares.background". */
  readonly measure: string;
  /** Of the movie; null where it has none. */
  readonly value: number | null;
  /** The least and the largest value of the reference. */
  readonly low: number;
  readonly high: number;
  /** How many recordings the range is of. */
  readonly n: number;
  /**
   * null where the movie has no value. "other scale" where the measure depends on the size of a pixel or the frame rate, and these are too far
   * from those of every recording: `binned` brings the movie nearer.
   */
  readonly verdict: "below" | "inside" | "above" | "other scale" | null;
}

/**
 * One row a measure, in the order in which the reference first names them. The range is of the recordings whose scale is near the movie's, else of all.
 * Measures of a truth are left out where there is none.
 * @throws InputError for paths that lead to no measure. */
export function compare(
  measures: RecordingMeasures,
  references: readonly Reference[],
): Comparison[] {
  const problems: string[] = [];
  const named = [...new Set(references.map(({ measure }) => measure))];
  const names = named.filter((name) => measures.truth || !name.startsWith("truth."));
  const rows = names.map((measure): Comparison => {
    const all = references.filter((one) => one.measure === measure);
    const near = all.filter((one) => isComparable(measures, one));
    const values = (near.length > 0 ? near : all).map((one) => one.value);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const value = valueAt(measures, measure);
    if (value === undefined)
      problems.push(`The reference names ${shown(measure)}, which is no measure.`);
    const side = value == null ? null : value < low ? "below" : value > high ? "above" : "inside";
    const verdict = side !== null && near.length === 0 ? "other scale" : side;
    return { measure, value: value ?? null, low, high, n: values.length, verdict };
  });
  if (problems.length > 0) throw new InputError(problems);
  return rows;
}

/**
 * References out of JSON: `[{ "measure": "corner_centre", "value": 0.5 }]`, several values of one measure making its range. `fps` and `pixel_size_um`
 * say at which scale the value was measured.
 * @throws InputError with all that is wrong.
 */
export function readReferences(value: unknown): Reference[] {
  if (!Array.isArray(value)) throw new InputError(["A reference is a list of { measure, value }."]);
  const problems: string[] = [];
  const references = value.map((one: unknown, i): Reference => {
    const {
      measure,
      value: number,
      recording = "",
      source = "",
      ...scale
    } = (one ?? {}) as Partial<Reference>;
    if (typeof measure !== "string") {
      problems.push(`[${i}].measure is ${shown(measure)}; it must be the path of a measure.`);
    }
    if (typeof number !== "number") {
      problems.push(`[${i}].value is ${shown(number)}; it must be a number.`);
    }
    return {
      measure: String(measure),
      value: Number(number),
      recording,
      source,
      ...scaleIn(scale, i, problems),
    };
  });
  if (references.length === 0) problems.push("The reference is empty.");
  if (problems.length > 0) throw new InputError(problems);
  return references;
}

function scaleIn(
  scale: Pick<Partial<Reference>, "fps" | "pixel_size_um">,
  index: number,
  problems: string[],
): Pick<Reference, "fps" | "pixel_size_um"> {
  const known = (["fps", "pixel_size_um"] as const).flatMap((name) => {
    const value: unknown = scale[name];
    if (value === undefined) return [];
    if (typeof value === "number" && value > 0) return [[name, value]];
    problems.push(`[${index}].${name} is ${shown(value)}; it must be a number above 0.`);
    return [];
  });
  return Object.fromEntries(known);
}

/** The number at a path; null where this movie has none, undefined where no movie has. Names may hold dots: "mean_frame.power.0.1-1". */
function valueAt(value: unknown, path: string): number | null | undefined {
  if (value === null) return null;
  if (path === "") return typeof value === "number" ? value : undefined;
  if (typeof value !== "object") return undefined;
  // Percentiles of nothing.
  if ((value as { n?: unknown }).n === 0 && path !== "n") return null;
  for (const [name, inner] of Object.entries(value)) {
    if (path === name) return valueAt(inner, "");
    if (path.startsWith(`${name}.`)) {
      const found = valueAt(inner, path.slice(name.length + 1));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
