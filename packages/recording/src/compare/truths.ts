// How two ground truths differ, array by array.
import type { FootprintStack } from "@minisim/footprint";
import type { GroundTruth } from "../ground-truth.ts";
import type { TruthField } from "../truth-field.ts";

export interface TruthDifference {
  /** A field, "planted" for the footprints, or "spike_times_s". */
  readonly name: string;
  readonly verdict: "same" | "differs" | "other_shape" | "only_first" | "only_second";
  /** Values that differ, of how many; null where they cannot be laid side by side. */
  readonly differing: number | null;
  readonly values: number | null;
  /** The largest difference; null where nothing differs, for flags, and where it is no number. */
  readonly largest: number | null;
}

/** Every array of both, in the order of the first. Values are equal bit for bit, but for NaN, which equals itself. */
export function compareTruths(first: GroundTruth, second: GroundTruth): TruthDifference[] {
  const names = new Set([...first.fields.keys(), ...second.fields.keys()]);
  const ofFields = [...names].map((name) => {
    const [a, b] = [first.fields.get(name), second.fields.get(name)];
    if (!a || !b) return unlike(name, a ? "only_first" : "only_second");
    return compareRows(name, a, b);
  });
  const { planted: p1, spike_times_s: s1 } = first;
  const { planted: p2, spike_times_s: s2 } = second;
  return [
    ...ofFields,
    compareLists("planted", placesOf(p1), placesOf(p2), p1.data, p2.data),
    compareLists("spike_times_s", s1.offsets, s2.offsets, s1.data, s2.data),
  ];
}

const unlike = (name: string, verdict: TruthDifference["verdict"]): TruthDifference => ({
  ...{ name, verdict, differing: null, values: null, largest: null },
});

const placesOf = ({ offsets, shapes }: FootprintStack): number[] => [...offsets, ...shapes];

type Numbers = ArrayLike<number>;

/** Lists of lists: where they are cut otherwise, their values do not belong together. */
function compareLists(name: string, cuts1: Numbers, cuts2: Numbers, a: Numbers, b: Numbers) {
  const sameCuts = cuts1.length === cuts2.length && tally(cuts1, cuts2).differing === 0;
  if (!sameCuts || a.length !== b.length) return unlike(name, "other_shape");
  return told(name, tally(a, b), a.length);
}

// Rows of some MB: a field that is a recipe is never made as a whole.
const VALUES_AT_ONCE = 2 ** 20;

function compareRows(name: string, a: TruthField, b: TruthField): TruthDifference {
  if (a.shape.join() !== b.shape.join()) return unlike(name, "other_shape");
  const [rows = 0, ...row] = a.shape;
  const length = row.reduce((product, side) => product * side, 1);
  const step = Math.max(1, Math.floor(VALUES_AT_ONCE / Math.max(1, length)));
  const total: Tally = { differing: 0, largest: 0 };
  for (let start = 0; start < rows; start += step) {
    const end = Math.min(start + step, rows);
    tally(a.rows(start, end), b.rows(start, end), total);
  }
  const found = told(name, total, rows * length);
  return a.dtype === "bool" ? { ...found, largest: null } : found;
}

interface Tally {
  differing: number;
  largest: number;
}

function tally(a: Numbers, b: Numbers, into: Tally = { differing: 0, largest: 0 }): Tally {
  for (let i = 0; i < a.length; i++) {
    if (Object.is(a[i], b[i])) continue;
    into.differing++;
    into.largest = Math.max(into.largest, Math.abs(b[i]! - a[i]!));
  }
  return into;
}

function told(name: string, { differing, largest }: Tally, values: number): TruthDifference {
  const verdict = differing === 0 ? "same" : "differs";
  const isNumber = differing > 0 && Number.isFinite(largest);
  return { name, verdict, differing, values, largest: isNumber ? largest : null };
}
