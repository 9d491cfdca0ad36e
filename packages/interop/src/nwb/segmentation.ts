// The cells as a PlaneSegmentation: observed footprints as images and as lists of pixels, and all that is known of each.
import type { FootprintStack } from "@minisim/footprint";
import type { GroundTruth } from "@minisim/recording";
import { fovFootprints, writeMasks } from "../h5/fill.ts";
import { RECORD_CHUNK } from "../h5/sink.ts";
import type { Nodes } from "./nodes.ts";
import { PLANE } from "./session.ts";

export const SEGMENTATION = "processing/ophys/ImageSegmentation/PlaneSegmentation";

/** `movie` is the path of the series that the footprints lie over. */
export function writeSegmentation(nodes: Nodes, truth: GroundTruth, movie: string): void {
  const { sink } = nodes;
  const stack = fovFootprints(truth);
  const fields = [...truth.fields.values()].filter(
    ({ dims }) => dims[0] === "unit" && !dims.includes("frame"),
  );
  nodes.group("processing/ophys/ImageSegmentation", "ImageSegmentation");
  nodes.table(SEGMENTATION, "PlaneSegmentation", {
    rows: stack.length,
    colnames: ["image_mask", "pixel_mask", ...fields.map(({ name }) => name)],
    description: "Every simulated cell in the field of view, as the optics deliver it.",
  });
  sink.link(`${SEGMENTATION}/imaging_plane`, PLANE);
  sink.group(`${SEGMENTATION}/reference_images`);
  sink.link(`${SEGMENTATION}/reference_images/OnePhotonSeries`, movie);
  const image = `${SEGMENTATION}/image_mask`;
  const description = "Observed footprint, (x, y).";
  writeMasks(sink, image, stack, {
    widthFirst: true,
    attributes: nodes.typed(image, "VectorData", { description }),
  });
  writePixels(nodes, stack);
  for (const field of fields) {
    const { name, shape, description, unit } = field;
    const values = field.rows(0, shape[0] ?? 1);
    nodes.column(`${SEGMENTATION}/${name}`, `${description} Unit: ${unit}.`, values, shape);
  }
}

function writePixels(nodes: Nodes, stack: FootprintStack): void {
  const path = `${SEGMENTATION}/pixel_mask`;
  const runs = Array.from({ length: stack.length }, (_, unit) => recordsOf(stack, unit));
  const ends = new Uint32Array(stack.length);
  let total = 0;
  for (const [unit, run] of runs.entries()) {
    total += run.byteLength / RECORD_BYTES;
    ends[unit] = total;
  }
  const columns = [
    ["x", Uint32Array],
    ["y", Uint32Array],
    ["weight", Float32Array],
  ] as const;
  const description = "Pixels of the observed footprint.";
  const attributes = nodes.typed(path, "VectorData", { description });
  const put = nodes.sink.records(path, columns, total, attributes);
  let start = 0;
  for (const piece of pieces(runs, RECORD_CHUNK * RECORD_BYTES)) {
    put(start, piece);
    start += piece.length / RECORD_BYTES;
  }
  nodes.index(path, ends);
}

const RECORD_BYTES = 12;

/** The same bytes in pieces of this length, the last of which is shorter; valid until the next. */
function* pieces(runs: readonly Uint8Array[], length: number): Generator<Uint8Array> {
  const piece = new Uint8Array(length);
  let filled = 0;
  for (const run of runs) {
    for (let at = 0; at < run.length; ) {
      const part = run.subarray(at, at + length - filled);
      piece.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < length) continue;
      yield piece;
      filled = 0;
    }
  }
  if (filled > 0) yield piece.subarray(0, filled);
}

/** x and y as uint32, weight as float32, for every lit pixel. */
function recordsOf(stack: FootprintStack, unit: number): Uint8Array {
  const { row, col, height, width, data } = stack.at(unit);
  const words = new Uint32Array(data.length * 3);
  const weights = new Float32Array(words.buffer);
  let next = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const weight = data[y * width + x]!;
      if (weight === 0) continue;
      words[next] = col + x;
      words[next + 1] = row + y;
      weights[next + 2] = weight;
      next += 3;
    }
  }
  return new Uint8Array(words.buffer, 0, next * 4);
}
