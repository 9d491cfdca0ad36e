// Writes a recording as the Python package minisim keeps it, for its `Recording.load`.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeClaimed } from "@minisim/output";
import type { GroundTruth, Recorded, TruthField } from "@minisim/recording";
import type { ExportOptions } from "../contract.ts";
import { InteropError } from "../error.ts";
import { movieOf } from "../stream.ts";
import { folderOf } from "../to-path.ts";
import { type Values, Zarr2Writer } from "../zarr2/write.ts";
import { ALWAYS, FORMAT_VERSION, SCALED, WRITTEN } from "./layout.ts";
import { foreignFields, specDocument } from "./spec-document.ts";
import { FIELD_MEAN, hasOurNeuropil } from "./words.ts";

const FILES =
  /^(?:\.zgroup|\.zattrs|\.zmetadata|spec\.json|(?:observed|ground_truth|snapshots)\/.+)$/;

/** Rows of a truth field that are in memory at a time. */
const STRETCH_VALUES = 1 << 19;

/** @throws InteropError "unsupported" that lists what the package has no word for; PathError. */
export async function writePythonRecording(
  source: Recorded,
  path: string,
  options: ExportOptions,
): Promise<void> {
  const foreign = foreignFields(source.spec);
  if (foreign.length > 0) {
    throw new InteropError(
      "unsupported",
      `The Python package minisim cannot hold this spec: it lacks ${foreign.join(", ")}.`,
    );
  }
  await writeClaimed(path, folderOf("python_minisim", FILES, options), async (folder) => {
    const { text, cacheKey } = specDocument(source.spec);
    const truth = await source.truth();
    const present = WRITTEN.filter((name) => truth.fields.has(name));
    const writer = await Zarr2Writer.create(folder, {
      format_version: FORMAT_VERSION,
      gt_present: present,
      snapshot_names: [],
      spec_cache_key: cacheKey,
    });
    await writeFile(join(folder, "spec.json"), `${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    const dtype = source.spec.output.store_dtype === "float64" ? "<f8" : "<f4";
    await writer.array("observed", { shape: source.shape, dtype }, pixelsOf(source, options));
    const scale = hasOurNeuropil(source.spec) ? { [SCALED]: FIELD_MEAN } : {};
    await writeTruth(writer, truth, [...ALWAYS, ...present], scale);
    await writer.group("snapshots");
  });
}

async function* pixelsOf(source: Recorded, options: ExportOptions): AsyncGenerator<Values> {
  for await (const { data } of movieOf(source, options)) yield data;
}

async function writeTruth(
  writer: Zarr2Writer,
  truth: GroundTruth,
  fields: readonly string[],
  scale: Readonly<Record<string, number>>,
): Promise<void> {
  await writer.group("ground_truth", { focal_depth_um: truth.focal_depth_um });
  for (const name of fields) {
    const field = truth.field(name);
    const dtype = field.dtype === "bool" ? "|b1" : "<f8";
    await writer.array(
      `ground_truth/${name}`,
      { shape: field.shape, dtype },
      rowsOf(field, scale[name]),
    );
  }
  const { canvas, offsets, shapes, data } = truth.planted;
  const units = truth.n_units;
  await writer.group("ground_truth/planted", {
    canvas_shape: [canvas.height, canvas.width],
    fov_offset: truth.fov_offset,
    fov_shape: truth.fov_shape,
  });
  const planted = "ground_truth/planted";
  await writer.array(`${planted}/offsets`, { shape: [units, 2], dtype: "<i4" }, [offsets]);
  await writer.array(`${planted}/shapes`, { shape: [units, 2], dtype: "<i4" }, [shapes]);
  await writer.array(`${planted}/data`, { shape: [data.length], dtype: "<f4" }, [data]);
}

function* rowsOf(field: TruthField, scale = 1): Generator<Values> {
  const [rows, ...rest] = field.shape as [number, ...number[]];
  const row = rest.reduce((a, b) => a * b, 1);
  const stretch = Math.max(1, Math.floor(STRETCH_VALUES / Math.max(1, row)));
  for (let start = 0; start < rows; start += stretch) {
    const values = field.rows(start, Math.min(start + stretch, rows));
    yield scale === 1 ? values : values.map((value) => value * scale);
  }
}
