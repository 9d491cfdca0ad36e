// The movie as suite2p's data.bin: int16, frame × Ly × Lx, and the images that suite2p makes of it.
import type { Recorded } from "@minisim/recording";
import type { ExportOptions } from "../contract.ts";
import { InteropError } from "../error.ts";
import { writeFileSink } from "../file-sink.ts";
import { bytesOf, movieOf } from "../stream.ts";

/** Counts up to here fit int16. */
const SIGNED_BITS = 15;

export interface MovieImages {
  readonly mean: Float32Array;
  readonly brightest: Float32Array;
}

/** Counts of 16 bits are halved, rounded down, as suite2p does with uint16 itself. @throws InteropError "unsupported". */
export function divisorOf({ container, spec }: Recorded, path: string): 1 | 2 {
  if (container === "float32") {
    throw new InteropError(
      "unsupported",
      `${path}: suite2p's data.bin holds whole counts, and this recording has none without a sensor; use tiff, npy or hdf5.`,
    );
  }
  return container === "uint16" && spec.acquisition.image_sensor.bit_depth > SIGNED_BITS ? 2 : 1;
}

export async function writeDataBin(
  source: Recorded,
  path: string,
  divisor: 1 | 2,
  options: ExportOptions,
): Promise<MovieImages> {
  const [frames, height, width] = source.shape;
  const pixels = height * width;
  const sum = new Float64Array(pixels);
  const brightest = new Float32Array(pixels);
  await writeFileSink(path, async (sink) => {
    for await (const { data } of movieOf(source, options)) {
      const counts = new Int16Array(data.length);
      for (let from = 0; from < data.length; from += pixels) {
        for (let pixel = 0; pixel < pixels; pixel++) {
          const count = Math.floor(data[from + pixel]! / divisor);
          counts[from + pixel] = count;
          sum[pixel]! += count;
          if (count > brightest[pixel]!) brightest[pixel] = count;
        }
      }
      await sink.append(bytesOf(counts));
    }
  });
  return { mean: Float32Array.from(sum, (total) => total / Math.max(1, frames)), brightest };
}
