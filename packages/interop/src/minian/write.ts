// Writes the truth of a recording as minian's results: one Zarr folder an array, as `save_minian` leaves them.
import { join } from "node:path";
import { writeClaimed } from "@minisim/output";
import type { GroundTruth, Recorded } from "@minisim/recording";
import type { ExportOptions } from "../contract.ts";
import { movieOf } from "../stream.ts";
import { folderOf } from "../to-path.ts";
import { type Values, Zarr2Writer } from "../zarr2/write.ts";
import { backgroundOf } from "./background.ts";

// One Zarr folder for each array.
const FILES = /^\w+\.zarr\//;

/** Of `shift_dim`. */
const AXES = ["height", "width"];
/** Decoded size of the rows that are in memory at a time. */
const STRETCH_VALUES = 1 << 19;

interface Item {
  readonly name: string;
  readonly dims: readonly string[];
  readonly values: Iterable<Values>;
}

/** @throws PathError. */
export async function writeMinian(
  source: Recorded,
  path: string,
  options: ExportOptions,
): Promise<void> {
  await writeClaimed(path, folderOf("minian", FILES, options), async (folder) => {
    const brightest = await brightestOf(source, options);
    const truth = await source.truth();
    const [frames] = source.shape;
    const [height, width] = truth.fov_shape;
    const sizes: Readonly<Record<string, number>> = {
      unit_id: truth.n_units,
      frame: frames,
      height,
      width,
      shift_dim: AXES.length,
    };
    for (const item of itemsOf(truth, frames, brightest)) {
      options.signal?.throwIfAborted();
      await writeItem(join(folder, `${item.name}.zarr`), item, sizes, source);
    }
  });
}

function* itemsOf(truth: GroundTruth, frames: number, brightest: Float64Array): Generator<Item> {
  const traces = ["unit_id", "frame"];
  const image = ["height", "width"];
  const { b, f } = backgroundOf(truth, frames);
  yield { name: "A", dims: ["unit_id", ...image], values: images(truth) };
  yield { name: "C", dims: traces, values: rows(truth, "C", frames) };
  yield { name: "S", dims: traces, values: rows(truth, "S", frames) };
  // C is the whole trace: nothing is left for a baseline and a decay from before the first frame.
  yield { name: "b0", dims: traces, values: zeros(truth.n_units, frames) };
  yield { name: "c0", dims: traces, values: zeros(truth.n_units, frames) };
  yield { name: "b", dims: image, values: [b] };
  yield { name: "f", dims: ["frame"], values: [f] };
  yield { name: "max_proj", dims: image, values: [brightest] };
  if (!truth.shifts) return;
  // minian keeps the correction, which moves the content back; + 0 turns −0 into 0.
  const motion = truth.shifts.data.map((shift) => -shift + 0);
  yield { name: "motion", dims: ["frame", "shift_dim"], values: [motion] };
}

async function writeItem(
  folder: string,
  { name, dims, values }: Item,
  sizes: Readonly<Record<string, number>>,
  { cache_key }: Recorded,
): Promise<void> {
  const writer = await Zarr2Writer.create(folder);
  const shape = dims.map((dim) => sizes[dim]!);
  // Without this, xarray would take the texts for data, and minian the first of them for the array.
  const attributes = { coordinates: "animal session" };
  await writer.array(name, { shape, dims, dtype: "<f8", attributes }, values);
  for (const dim of dims) {
    if (dim === "shift_dim") await writer.texts(dim, AXES, dim);
    else await writer.index(dim, dim, sizes[dim]!);
  }
  await writer.texts("animal", ["minisim"]);
  await writer.texts("session", [cache_key]);
  await writer.consolidate();
}

/** Observed footprints over the field of view, one image at a time. */
function* images(truth: GroundTruth): Generator<Float32Array> {
  const [top, left] = truth.fov_offset;
  const [height, width] = truth.fov_shape;
  const window = { top, left, height, width };
  for (let unit = 0; unit < truth.n_units; unit++) {
    yield truth.observed_footprints.select([unit]).toDense(window);
  }
}

function* rows(truth: GroundTruth, field: "C" | "S", frames: number): Generator<Float64Array> {
  const stretch = Math.max(1, Math.floor(STRETCH_VALUES / Math.max(1, frames)));
  for (let start = 0; start < truth.n_units; start += stretch) {
    const end = Math.min(start + stretch, truth.n_units);
    yield truth.field(field).rows(start, end) as Float64Array;
  }
}

function* zeros(units: number, frames: number): Generator<Float64Array> {
  const row = new Float64Array(frames);
  for (let unit = 0; unit < units; unit++) yield row;
}

/** The largest value that each pixel has. */
async function brightestOf(source: Recorded, options: ExportOptions): Promise<Float64Array> {
  const pixels = source.shape[1] * source.shape[2];
  const brightest = new Float64Array(pixels);
  for await (const { data } of movieOf(source, options)) {
    for (let from = 0; from < data.length; from += pixels) {
      for (let pixel = 0; pixel < pixels; pixel++) {
        const value = data[from + pixel]!;
        if (value > brightest[pixel]!) brightest[pixel] = value;
      }
    }
  }
  return brightest;
}
