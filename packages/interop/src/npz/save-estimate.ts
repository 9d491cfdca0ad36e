// An estimate as an .npz: A, C, S and shifts, as they are read again.
import { writeClaimed } from "@minisim/output";
import type { Estimate, Footprints, Rows } from "@minisim/scoring";
import { writeFileSink } from "../file-sink.ts";
import { bytesOf } from "../stream.ts";
import type { TruthArray } from "../truth-arrays.ts";
import { zipArrays } from "./write.ts";

/**
 * Writes what a pipeline found to `path`, which appears once it is complete: `A` (unit × height × width, float32), `C` and `S` (unit × frame), `shifts`
 * (frame × 2), those of them that there are, and `fov_shape`. `readEstimate` reads it.
 * @throws InteropError "unsupported" beyond 4 GB; PathError "exists", "foreign", ….
 */
export async function saveEstimate(estimate: Estimate, path: string): Promise<void> {
  const { footprints, C, S, shifts } = estimate;
  const { height, width } = footprints.canvas;
  const rows = Object.entries({ C, S, shifts }).flatMap(([name, values]) =>
    values ? [rowsArray(name, values)] : [],
  );
  const shape = Int32Array.of(height, width);
  const field: TruthArray = {
    name: "fov_shape",
    descr: "<i4",
    shape: [2],
    parts: () => [bytesOf(shape)],
  };
  await writeClaimed(path, { kind: "npz", form: "file" }, (partial) =>
    writeFileSink(partial, (sink) => zipArrays(sink, [imagesOf(footprints), ...rows, field], {})),
  );
}

const rowsArray = (name: string, { shape, data }: Rows): TruthArray => ({
  name,
  descr: data instanceof Float32Array ? "<f4" : "<f8",
  shape,
  parts: () => [bytesOf(data)],
});

/** One image in memory at a time. */
function imagesOf(footprints: Footprints): TruthArray {
  const { height, width } = footprints.canvas;
  const image = (unit: number): Float32Array => {
    const pixels = new Float32Array(height * width);
    const { row, col, height: rows, width: columns, data } = footprints.at(unit);
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) {
        pixels[(row + y) * width + col + x] = data[y * columns + x]!;
      }
    }
    return pixels;
  };
  return {
    name: "A",
    descr: "<f4",
    shape: [footprints.length, height, width],
    *parts() {
      for (let unit = 0; unit < footprints.length; unit++) yield bytesOf(image(unit));
    },
  };
}
