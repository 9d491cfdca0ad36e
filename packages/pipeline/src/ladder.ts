// Footprints whose blur changes in time: each cell at the rungs of a ladder of widths, of which every frame mixes two.
import type { FootprintStack } from "@minisim/footprint";
import { exp, log } from "@minisim/kernels/math";
import { type FrameSeries, rowsOf } from "./series.ts";
import { summaryOf } from "./summary.ts";

/**
 * From one rung to the next. A mixture of two Gaussians of equal light has exactly the variance of the true one between them, and its peak, which
 * goes as 1/σ², is at most (1.07² − 1)²/4 = 0.5 % too high.
 */
const RATIO = 1.07;

export interface FootprintLadder {
  /** The observed footprints of all rungs, cell by cell, those of a cell in the box of its widest. */
  readonly stack: FootprintStack;
  /** The cell of each of them. */
  readonly cells: Int32Array;
  /** Share of each in its cell's footprint, component × frame. Those of a cell add up to 1, and at most two are not 0. */
  readonly shares: FrameSeries;
}

/** The blur of each cell at rest, and in every frame, cell × frame. */
export interface BlurCourse {
  readonly sigma_px: Float64Array;
  readonly gain: Float64Array;
  readonly course: FrameSeries;
}

/**
 * The rungs of a cell are σ_rest · 1.07^j, as many as its course reaches, so that at rest its footprint is exactly that of rest. The shares of the
 * two around a frame's σ are linear in σ².
 * @throws RangeError for a width that is not above 0
 */
export function footprintLadder(
  planted: FootprintStack,
  { sigma_px, gain, course }: BlurCourse,
): FootprintLadder {
  const moves = course.frames > 0;
  const rungs = Array.from(sigma_px, (rest, cell) =>
    moves ? rungsBetween(rest, ...extremesOf(course, cell)) : [rest],
  );
  const cells = Int32Array.from(rungs.flatMap((own, cell) => own.map(() => cell)));
  const gains = Array.from(cells, (cell) => gain[cell]!);
  // The kernels add patches faster that follow each other on the same pixels.
  const widest = rungs.flatMap((own) => own.map(() => own.at(-1)!));
  const stack = planted.select(cells).degrade(rungs.flat(), gains, widest);
  return { stack, cells, shares: sharesOf(rungs, rowsOf(course, cells)) };
}

function extremesOf(course: FrameSeries, cell: number): readonly [number, number] {
  if (course.extremes) return course.extremes(cell);
  const { lowest, highest } = summaryOf(course);
  return [lowest[cell]!, highest[cell]!];
}

function rungsBetween(rest: number, lowest: number, highest: number): number[] {
  if (!(rest > 0 && lowest > 0)) {
    throw new RangeError("A blur that changes in time must be wider than 0 in every frame.");
  }
  const step = log(RATIO);
  const first = Math.min(0, Math.floor(log(lowest / rest) / step));
  const last = Math.max(0, Math.ceil(log(highest / rest) / step));
  return Array.from({ length: last - first + 1 }, (_, i) => rest * exp((first + i) * step));
}

/** @param widths σ in every frame, component × frame: that of the component's cell */
function sharesOf(rungs: readonly (readonly number[])[], widths: FrameSeries): FrameSeries {
  const neighbours = rungs.flatMap((own) => own.map((rung, i) => [own[i - 1], rung, own[i + 1]]));
  const squares = neighbours.map((all) => all.map((sigma) => sigma && sigma * sigma));
  return {
    rows: widths.rows,
    frames: widths.frames,
    read(row, start, end, target, at) {
      widths.read(row, start, end, target, at);
      const [below, own, above] = squares[row] as [number?, number?, number?];
      for (let i = at; i < at + end - start; i++) {
        target[i] = shareOf(target[i]! * target[i]!, below, own!, above);
      }
    },
  };
}

/** 1 on a rung, 0 on its neighbours and beyond, linear between; at an end of the ladder 1 beyond it. */
function shareOf(
  variance: number,
  below: number | undefined,
  own: number,
  above: number | undefined,
): number {
  if (variance < own) {
    return below === undefined ? 1 : Math.max(0, (variance - below) / (own - below));
  }
  return above === undefined ? 1 : Math.max(0, (above - variance) / (above - own));
}
