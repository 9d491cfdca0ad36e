// Where two things that should be the same first differ, as part of a sentence.
import { type FrameSeries, type Plan, toDense } from "@minisim/pipeline";
import type { RenderOptions } from "@minisim/render";
import type { Bench } from "./bench.ts";
import { digest } from "./node-digest.ts";

/** Two of a kind, and how a sentence calls each: "at first", "then". */
export interface Pair<T> {
  readonly one: T;
  readonly other: T;
  readonly called: readonly [string, string];
}

/** The first place at which two pieces of data differ, with both values; null where they are alike. */
export function dataDifference({ one, other, called }: Pair<unknown>): string | null {
  if (digest(one) === digest(other)) return null;
  const { path, values } = firstDifference(one, other, "");
  const at = path.replace(/^\./, "");
  return `${at === "" ? "it" : at} is ${values[0]} ${called[0]}, and ${values[1]} ${called[1]}`;
}

interface Found {
  readonly path: string;
  readonly values: readonly [string, string];
}

function firstDifference(one: unknown, other: unknown, path: string): Found {
  const [a, b] = [partsOf(one), partsOf(other)];
  if (!a || !b) return { path, values: [told(one), told(other)] };
  const names = new Set([...a.keys(), ...b.keys()]);
  for (const name of names) {
    const [left, right] = [a.get(name), b.get(name)];
    if (digest(left) === digest(right)) continue;
    return firstDifference(left, right, `${path}${/^\d+$/.test(name) ? `[${name}]` : `.${name}`}`);
  }
  return { path, values: [told(one), told(other)] };
}

/** The parts of something that has parts. */
function partsOf(whole: unknown): Map<string, unknown> | null {
  if (typeof whole !== "object" || whole === null) return null;
  const series = whole as FrameSeries;
  const plain = typeof series.read === "function" ? toDense(series) : whole;
  if (plain instanceof Map) return new Map([...plain].map(([key, part]) => [String(key), part]));
  if (ArrayBuffer.isView(plain)) {
    const numbers = [...(plain as Float64Array)];
    return new Map(numbers.map((value, i) => [String(i), value]));
  }
  return new Map(Object.entries(plain));
}

/** A value in a few words. */
export function told(value: unknown): string {
  if (value === undefined) return "absent";
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Parameters in a few words. */
export const toldParams = (params: object): string =>
  Object.keys(params).length === 0 ? "the default parameters" : told(params);

/** How a movie was made: what is rendered, and how. */
export interface Rendering {
  readonly plan: Plan;
  readonly options?: RenderOptions;
}

/**
 * The first stage, frame and pixel at which two movies differ, with both values; null where they are alike. The stage of a step that only
 * one has is held against the stage before it.
 */
export async function movieDifference(
  bench: Bench,
  { one, other, called }: Pair<Rendering>,
): Promise<string | null> {
  const until = (of: Rendering, stage?: string) =>
    bench.movie(of.plan, { ...of.options, ...(stage !== undefined && { until: stage }) });
  const [whole, too] = [await until(one), await until(other)];
  if (digest(whole) === digest(too)) return null;
  let before: string | null = null;
  for (const { kind, name, space } of one.plan.program.stages) {
    if (!space) continue;
    const counterpart = other.plan.program.stages.some((stage) => stage.kind === kind)
      ? kind
      : before;
    before = kind;
    if (counterpart === null) continue;
    const [a, b] = [await until(one, kind), await until(other, counterpart)];
    if (digest(a) !== digest(b)) {
      return `after stage "${name}" ${placed(bench, one.plan, a, b, called)}`;
    }
  }
  return `in the finished movie ${placed(bench, one.plan, whole, too, called)}`;
}

function placed(
  bench: Bench,
  plan: Plan,
  a: Float32Array,
  b: Float32Array,
  called: readonly [string, string],
): string {
  const at = a.findIndex((value, i) => !Object.is(value, b[i]));
  return `${bench.placeOf(plan, at)} is ${a[at]} ${called[0]}, and ${b[at]} ${called[1]}`;
}
