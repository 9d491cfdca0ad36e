// Traces out of RoiResponseSeries: which of them is C and which S, by the names that writers give them.
import {
  type H5Source,
  indicesOf,
  type Numbers,
  type Part,
  selectRows,
  transposed,
} from "../h5/index.ts";
import { chosen, type Found, findTyped } from "./find.ts";

export interface Traces extends Part {
  /** Rows of the segmentation that the traces belong to, in their order. */
  readonly rois: readonly number[];
}

// In order of preference. Of a series in a container of suite2p (Fluorescence/plane0), the container's name counts.
const CALCIUM = [/denoised/i, /^RoiResponseSeries$/i, /dff|df_?over_?f/i, /^fluorescence$|raw/i];
const SPIKES = [/deconv/i, /spike/i];
const OTHER = /neuropil|background|baseline|bleach|chan2/i;

export function findSeries(source: H5Source): Found[] {
  return findTyped(source, "/processing", ["RoiResponseSeries"]);
}

/** The series to score as C or S; null where there is none. */
export function choose(
  source: H5Source,
  series: readonly Found[],
  kind: "C" | "S",
  wanted: string | undefined,
): Found | null {
  if (wanted !== undefined) {
    const setting = kind === "C" ? "traces" : "spikes";
    return chosen(source, "RoiResponseSeries", series, wanted, setting);
  }
  const isSpikes = ({ name, container }: Found) =>
    SPIKES.some((pattern) => pattern.test(name) || pattern.test(container));
  const candidates = series.filter(
    (one) =>
      isSpikes(one) === (kind === "S") && !OTHER.test(one.name) && !OTHER.test(one.container),
  );
  if (kind === "S") return candidates[0] ?? null;
  for (const pattern of CALCIUM) {
    const match = candidates.find(
      ({ name, container }) => pattern.test(name) || pattern.test(container),
    );
    if (match) return match;
  }
  return candidates[0] ?? null;
}

/** (frame, roi) by the standard; a single ROI may lack its axis; older suite2p wrote (roi, frame). */
export function readTraces(source: H5Source, { path }: Found, rowsOfTable: number): Traces {
  const at = `${path}/data`;
  const rois = `${path}/rois`;
  const indices =
    source.kind(rois) === "dataset"
      ? indicesOf(source, rois, rowsOfTable)
      : Array.from({ length: rowsOfTable }, (_, i) => i);
  const { shape, data } = source.numbers(at, { dims: [1, 2], layout: "frame, roi" });
  const count = indices.length;
  if (shape.length === 1 && count === 1) {
    return { at, rois: indices, rows: { shape: [1, shape[0]!], data } };
  }
  if (shape[1] === count) return { at, rois: indices, rows: transposed({ shape, data }) };
  if (shape[0] === count && shape.length === 2) return { at, rois: indices, rows: { shape, data } };
  throw source.malformed(at, `is ${shape.join(" × ")}, where frames × ${count} ROIs are needed`);
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
