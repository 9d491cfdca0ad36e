// What no machine can do, told before anybody tries. What a certain machine cannot do is for its owner to find out.
import {
  type ExpectedWork,
  expectedWork,
  type StepDefinition,
  type StepShare,
} from "@minisim/pipeline";
import type { Issue, Spec } from "@minisim/spec";

interface Limit {
  readonly code: string;
  readonly most: number;
  readonly of: (work: ExpectedWork) => number;
  /** A step's part in it: the issue stands at the step that has the largest. */
  readonly part: (share: StepShare, work: ExpectedWork) => number;
  readonly sentence: (value: number, most: number, work: ExpectedWork) => string;
}

const LIMITS: readonly Limit[] = [
  {
    code: "too_many_cells",
    most: 1e6, // More than a mouse's hippocampus has; the table of cells takes a few kilobytes for each.
    of: ({ cells }) => cells,
    part: cellsOf,
    sentence: (cells, most) => `places about ${about(cells)} cells; ${about(most)} are the most.`,
  },
  {
    code: "too_large",
    most: 3.4e9, // Kernels address 4 GB. The expectation is right within a quarter, so a spec above this will not fit.
    of: ({ kernel_bytes }) => kernel_bytes,
    part: kernelBytesOf,
    sentence: (bytes, most, { footprint_px, cells, field_px, canvas_px }) =>
      `takes the largest part of ${gigabytes(bytes)} for each thread that renders; ${gigabytes(most)} is the most. There are ${about(footprint_px)} pixels in the patches of ${about(cells)} cells, ${about(field_px)} in fields, and ${about(canvas_px)} in a frame with its margin.`,
  },
  {
    code: "too_long",
    most: 2 ** 31 - 1, // Places in lists are counted in 32 bits.
    of: ({ shares }) => Math.max(0, ...shares.map(longestOf)),
    part: longestOf,
    sentence: (length, most) =>
      `makes a list of about ${about(length)} values; ${about(most)} are the most.`,
  },
  {
    code: "too_much_memory",
    most: 1e12, // More than a server has.
    of: ({ compile_bytes }) => compile_bytes,
    part: ({ footprint_px = 0, field_px = 0, held_bytes = 0, passing_bytes = 0 }) =>
      4 * footprint_px + 8 * field_px + held_bytes + passing_bytes,
    sentence: (bytes, most) =>
      `takes the largest part of ${gigabytes(bytes)} of memory; ${gigabytes(most)} is the most.`,
  },
  {
    code: "too_slow",
    most: 36e12, // Ten hours, in which nothing can be seen.
    of: ({ operations }) => operations,
    part: ({ operations = 0 }) => operations,
    sentence: (operations, most) =>
      `takes the largest part of ${hours(operations)} before the first frame; ${hours(most)} are the most.`,
  },
];

/** Errors for a spec whose work is beyond any machine. */
export function limitIssues(spec: Spec, steps: readonly StepDefinition[]): Issue[] {
  const work = expectedWork(spec, steps);
  return LIMITS.filter(({ of, most }) => of(work) > most).map(
    ({ code, most, of, part, sentence }): Issue => {
      const first = work.shares.reduce((a, b) => (part(b, work) > part(a, work) ? b : a));
      const message = sentence(of(work), most, work);
      return { severity: "error", code, path: ["steps", first.index], message };
    },
  );
}

// Whole cells, so that a step which divides them into other groups does not have more of them.
function cellsOf({ cells = [] }: StepShare): number {
  return Math.round(cells.reduce((sum, { count }) => sum + count, 0));
}

function longestOf({ longest_array = 0 }: StepShare): number {
  return longest_array;
}

/** Patches are a matter of who places cells, and a margin multiplies everything. */
function kernelBytesOf(share: StepShare, work: ExpectedWork): number {
  const { kernel_bytes, footprint_px, cells, canvas_px, fov_px } = work;
  const patches = cells === 0 ? 0 : (4 * footprint_px * cellsOf(share)) / cells;
  const margin = share.margin_px > 0 ? kernel_bytes * (1 - fov_px / canvas_px) : 0;
  return Math.max(patches + 4 * (share.field_px ?? 0), margin);
}

const gigabytes = (bytes: number) => `${about(bytes / 1e9)} GB`;
const hours = (operations: number) => `${about(operations / 3.6e12)} hours`;

/** Two digits: "8.6e9", "34". */
function about(value: number): string {
  const short = Number(value.toPrecision(2));
  return short >= 1e6 ? short.toExponential().replace("e+", "e") : `${short}`;
}
