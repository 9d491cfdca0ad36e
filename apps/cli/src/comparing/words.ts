// A comparison in words: rows of a name and a sentence.
import type { MovieDifference, TruthDifference } from "@minisim/recording";
import { excerpt, type SpecDifference } from "@minisim/spec";
import { short } from "../print.ts";
import { type Comparison, isSame } from "./comparison.ts";

export type Row = readonly [name: string, text: string];

export function wordsOf(comparison: Comparison): Row[] {
  const { spec, recordings } = comparison;
  if (isSame(comparison)) {
    if (!recordings) return [["same", "The specs are the same."]];
    const { movie, shapes } = recordings;
    const all = movie?.frames === shapes[0][0];
    const frames = all ? "all frames" : `the first ${movie?.frames} frames`;
    return [["same", `The same: the spec, every value of ${frames}, every value of the truth.`]];
  }
  const ofSpec = spec.length === 0 ? ["the same"] : spec.map(specWords);
  const rows = ofSpec.map((text, i): Row => [i === 0 ? "spec" : "", text]);
  if (!recordings) return rows;
  const { revisions, shapes, movie, truth, n_units, n_detectable } = recordings;
  const sizes = shapes.map(([n, height, width]) => `${n} frames of ${height} × ${width} px`);
  const some = (verdict: TruthDifference["verdict"]) =>
    truth.filter((field) => field.verdict === verdict);
  const named = (label: string, verdict: TruthDifference["verdict"]): Row[] => {
    const names = some(verdict).map(({ name }) => name);
    return names.length === 0 ? [] : [["", `${label}: ${names.join(", ")}`]];
  };
  const differing = some("differs").map(truthWords);
  const ofTruth: Row[] = [
    ...(differing.length > 0 ? [["", `differ: ${differing.join(", ")}`] as const] : []),
    ...named("of other sizes", "other_shape"),
    ...named("the same", "same"),
    ...named("only of the first", "only_first"),
    ...named("only of the second", "only_second"),
  ];
  return [
    ...rows,
    ...revisions.map(
      ({ kind, revisions: [a, b] }): Row => [
        "step",
        `${kind}: revision ${a} → ${b} of its physics`,
      ],
    ),
    ...(sizes[0] === sizes[1] ? [] : [["sizes", sizes.join(" → ")] as const]),
    ["movie", movie ? movieWords(movie) : "frames of different sizes, which were not compared"],
    ["cells", `${arrow(n_units)} in view, ${arrow(n_detectable)} detectable`],
    ...ofTruth.map(([, text], i): Row => [i === 0 ? "truth" : "", text]),
  ];
}

const MOST_TEXT = 60;

function specWords({ path, first, second }: SpecDifference): string {
  if (first === undefined) return `${path}: only of the second${afterwards(second)}`;
  if (second === undefined) return `${path}: only of the first${afterwards(first)}`;
  return `${path}: ${[first, second].map((value) => excerpt(JSON.stringify(value), MOST_TEXT)).join(" → ")}`;
}

/** Steps as a whole are long, and their name says enough. */
const afterwards = (value: unknown): string =>
  typeof value === "object" ? "" : `, ${JSON.stringify(value)}`;

function movieWords(movie: MovieDifference): string {
  const { frames, differing_fraction, first_frame, mean, rms, largest, largest_at } = movie;
  if (first_frame === null || largest_at === null) return `the same in all ${frames} frames`;
  const [frame, y, x] = largest_at;
  const share = `${short(differing_fraction * 100)} % of the values of ${frames} frames differ`;
  const sign = mean > 0 ? "+" : "";
  return `${share}, from frame ${first_frame} on: second − first is ${sign}${short(mean)} on average, ${short(rms)} rms, ${short(largest)} at most (frame ${frame}, row ${y}, column ${x})`;
}

function truthWords({ name, differing, values, largest }: TruthDifference): string {
  const by = largest === null ? "" : `, at most by ${short(largest)}`;
  return `${name} (${differing} of ${values}${by})`;
}

const arrow = ([a, b]: readonly [number, number]): string => (a === b ? `${a}` : `${a} → ${b}`);
