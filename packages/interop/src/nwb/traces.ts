// Traces out of a RoiResponseSeries, by the rows of the segmentation that they belong to.
import {
  checkTraces,
  type H5Source,
  indicesOf,
  type Numbers,
  type Part,
  selectRows,
  transposed,
} from "../h5/index.ts";
import type { Reading } from "../reading.ts";
import type { Found } from "./find.ts";

export { choose, findSeries } from "./series.ts";

export interface Traces extends Part {
  /** Rows of the segmentation that the traces belong to, in their order. */
  readonly rois: readonly number[];
}

/** (frame, roi) by the standard; a single ROI may lack its axis; older suite2p wrote (roi, frame). */
export function readTraces(
  source: H5Source,
  { path }: Found,
  rowsOfTable: number,
  reading: Reading,
): Traces {
  const at = `${path}/data`;
  const rois = `${path}/rois`;
  reading.noteRate(`The frame rate of ${path}`, rateOf(source, path));
  const indices =
    source.kind(rois) === "dataset"
      ? indicesOf(source, rois, rowsOfTable)
      : Array.from({ length: rowsOfTable }, (_, i) => i);
  const count = indices.length;
  const shape = source.shapeOf(at, { dims: [1, 2], layout: "frame, roi" });
  if (count === 0 && shape.length === 1) {
    const none = new Float64Array(0);
    return { at, rois: [], rows: { shape: [0, reading.frames ?? 0], data: none } };
  }
  const [first, second] = shape as [number, number | undefined];
  if (second === undefined ? count !== 1 : second !== count && first !== count) {
    throw source.malformed(at, `is ${shape.join(" × ")}, where frames × ${count} ROIs are needed`);
  }
  // Where both are as many, the recording's frames decide, and else the standard.
  const isRoiFirst = second !== undefined && second !== count;
  const frames = isRoiFirst ? second : first;
  checkTraces(source, at, { units: count, frames }, reading);
  const rows = source.numbers(at);
  if (second === undefined)
    return { at, rois: indices, rows: { shape: [1, first], data: rows.data } };
  return { at, rois: indices, rows: isRoiFirst ? rows : transposed(rows) };
}

function rateOf(source: H5Source, path: string): number | null {
  const rate = source.attribute(`${path}/starting_time`, "rate");
  return typeof rate === "number" ? rate : null;
}

/** The traces of these rows of the segmentation. @throws InteropError where one of them has no trace. */
export function tracesOf(
  source: H5Source,
  { at, rois, rows }: Traces,
  wanted: readonly number[],
): Numbers {
  const places = new Map(rois.map((roi, place) => [roi, place]));
  const taken = wanted.map((roi) => {
    const place = places.get(roi);
    if (place === undefined) throw source.malformed(at, `has no trace of ROI ${roi}`);
    return place;
  });
  return selectRows(rows, taken);
}
