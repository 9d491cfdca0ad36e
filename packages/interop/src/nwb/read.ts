// What a pipeline left in an NWB file, as an estimate: segmentation, traces, spikes, motion.
import type { Estimate } from "@minisim/scoring";
import {
  assemble,
  type H5Source,
  type Part,
  probeHdf5,
  readHdf5,
  selectUnits,
} from "../h5/index.ts";
import type { Reading } from "../reading.ts";
import { acceptedOf } from "./accepted.ts";
import { chosen, type Found, findTyped } from "./find.ts";
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

export function readNwb(path: string, settings: ReadSettings, reading: Reading): Promise<Estimate> {
  return readHdf5(path, (source) => {
    const tables = cellTables(findTyped(source, "/processing", ["PlaneSegmentation"]));
    const wanted = settings.plane_segmentation;
    const table = chosen(source, "PlaneSegmentation", tables, wanted, "plane_segmentation").path;
    const masks = readMasks(source, table, settings, reading);
    const series = findSeries(source);
    const [C, S] = (["C", "S"] as const).map((kind): Traces | null => {
      const found = choose(source, series, kind, settings, reading);
      return found && readTraces(source, found, masks.length, reading);
    }) as [Traces | null, Traces | null];
    // A table may hold ROIs that are no cells, as CaImAn's background: those have traces of their own.
    const all = C?.rois ?? S?.rois ?? Array.from({ length: masks.length }, (_, roi) => roi);
    const kept = acceptedRois(source, table, masks.length, all, settings, reading);
    const part = (traces: Traces | null): Part | null =>
      traces && { at: traces.at, rows: tracesOf(source, traces, kept) };
    return assemble(source, selectUnits(masks, kept), {
      C: part(C),
      S: part(S),
      shifts: readShifts(source, reading),
    });
  });
}

/** NeuroConv keeps CaImAn's background in a table of its own. */
function cellTables(tables: readonly Found[]): readonly Found[] {
  const cells = tables.filter(({ name }) => !/background/i.test(name));
  return cells.length > 0 ? cells : tables;
}

function acceptedRois(
  source: H5Source,
  table: string,
  count: number,
  all: readonly number[],
  { components }: ReadSettings,
  reading: Reading,
): readonly number[] {
  const accepted = components === "all" ? null : acceptedOf(source, table, count);
  if (!accepted) return all;
  const kept = all.filter((roi) => accepted.flags[roi]);
  reading.note(
    `${accepted.columns.join(" and ")} accepts ${kept.length} of ${all.length} ROIs (the setting components: all takes all).`,
  );
  return kept;
}

/** NWB keeps what aligns a frame, (x, y); an estimate says where the content was, (y, x). */
function readShifts(source: H5Source, reading: Reading): Part | null {
  const [stack] = findTyped(source, "/processing", ["CorrectedImageStack"]);
  const at = `${stack?.path}/xy_translation/data`;
  if (!stack || source.kind(at) !== "dataset") return null;
  const [frames] = source.shapeOf(at, { dims: 2, layout: "frame, (x, y)" });
  const problem = reading.frameProblem(frames!);
  if (problem) throw source.malformed(at, problem);
  const { shape, data } = source.numbers(at);
  if (shape[1] !== 2) throw source.malformed(at, `is ${shape.join(" × ")}, not frames × 2`);
  const shifts = new Float64Array(data.length);
  for (let i = 0; i < data.length; i += 2) {
    shifts[i] = -data[i + 1]!;
    shifts[i + 1] = -data[i]!;
  }
  return { at, rows: { shape, data: shifts } };
}
