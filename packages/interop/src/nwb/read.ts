// What a pipeline left in an NWB file, as an estimate: segmentation, traces, spikes, motion.
import type { Estimate } from "@minisim/metrics";
import { assemble, type H5Source, type Part, probeHdf5, readHdf5 } from "../h5/index.ts";
import { chosen, findTyped } from "./find.ts";
import { readMasks } from "./masks.ts";
import type { ReadSettings } from "./settings.ts";
import { choose, findSeries, readTraces, type Traces, tracesOf } from "./traces.ts";

export const detectNwb = (path: string): Promise<boolean> =>
  probeHdf5(
    path,
    (source) =>
      source.attribute("/", "nwb_version") !== null ||
      source.attribute("/", "neurodata_type") === "NWBFile",
  );

export function readNwb(path: string, settings: ReadSettings): Promise<Estimate> {
  return readHdf5(path, (source) => {
    const tables = findTyped(source, "/processing", ["PlaneSegmentation"]);
    const wanted = settings.plane_segmentation;
    const table = chosen(source, "PlaneSegmentation", tables, wanted, "plane_segmentation").path;
    const masks = readMasks(source, table, settings);
    const series = findSeries(source);
    const [C, S] = (["C", "S"] as const).map((kind): Traces | null => {
      const setting = kind === "C" ? settings.traces : settings.spikes;
      const found = choose(source, series, kind, setting);
      return found && readTraces(source, found, masks.length);
    }) as [Traces | null, Traces | null];
    // A table may hold ROIs that are no cells, as CaImAn's background: those have traces of their own.
    const all = C?.rois ?? S?.rois ?? Array.from({ length: masks.length }, (_, roi) => roi);
    const accepted = acceptedOf(source, table, masks.length, settings);
    const kept = all.filter((roi) => accepted?.[roi] ?? true);
    const footprints = {
      canvas: masks.canvas,
      length: kept.length,
      at: (index: number) => masks.at(kept[index]!),
    };
    const part = (traces: Traces | null): Part | null =>
      traces && { at: traces.at, rows: tracesOf(source, traces, kept) };
    return assemble(source, footprints, { C: part(C), S: part(S), shifts: readShifts(source) });
  });
}

// suite2p: (roi, (is a cell, probability)); CaImAn: in idx_components; roiextractors.
const ACCEPTED = ["iscell", "keep", "Accepted"];

function acceptedOf(
  source: H5Source,
  table: string,
  count: number,
  { components }: ReadSettings,
): boolean[] | null {
  if (components === "all") return null;
  const at = ACCEPTED.map((name) => `${table}/${name}`).find(
    (path) => source.kind(path) === "dataset",
  );
  if (!at) return null;
  const { shape, data } = source.numbers(at, { dims: [1, 2] });
  if (shape[0] !== count) {
    throw source.malformed(at, `has ${shape[0]} rows, where there are ${count} ROIs`);
  }
  return Array.from({ length: count }, (_, roi) => data[roi * (shape[1] ?? 1)]! > 0);
}

/** NWB keeps what aligns a frame, (x, y); an estimate says where the content was, (y, x). */
function readShifts(source: H5Source): Part | null {
  const [stack] = findTyped(source, "/processing", ["CorrectedImageStack"]);
  const at = `${stack?.path}/xy_translation/data`;
  if (!stack || source.kind(at) !== "dataset") return null;
  const { shape, data } = source.numbers(at, { dims: 2, layout: "frame, (x, y)" });
  if (shape[1] !== 2) throw source.malformed(at, `is ${shape.join(" × ")}, not frames × 2`);
  const shifts = new Float64Array(data.length);
  for (let i = 0; i < data.length; i += 2) {
    shifts[i] = -data[i + 1]!;
    shifts[i + 1] = -data[i]!;
  }
  return { at, rows: { shape, data: shifts } };
}
