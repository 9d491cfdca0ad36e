// Small recordings to export: a simulated one with its truth, and movies of any size whose every pixel is known.

import type { MovieBlock, Recorded } from "@minisim/recording";
import { buildSpec, type Recording, Spec, simulate } from "minisim";

let made: Promise<Recording> | undefined;

/** A few cells on 24 × 30 pixels, 6 frames. */
export function smallRecording(): Promise<Recording> {
  made ??= simulate(smallSpec());
  return made;
}

export function smallSpec() {
  const spec = Spec.parse(
    buildSpec("generic_1p", "cortex_l23", { fps: 20, duration_s: 0.3, seed: 11 }),
  );
  const { image_sensor } = spec.acquisition;
  const sensor = { ...image_sensor, n_px_height: 24, n_px_width: 30, pixel_pitch_um: 24 };
  return Spec.parse({ ...spec, acquisition: { ...spec.acquisition, image_sensor: sensor } });
}

export const smallSource = async (): Promise<Recorded> => plainly(await smallRecording());

/** A recording as an object of its own properties, of which a test may replace some. */
export function plainly(recording: Recorded): Recorded {
  const { spec, cache_key, step_revisions, step_packages } = recording;
  const { shape, container, warnings } = recording;
  return {
    ...{ spec, cache_key, step_revisions, step_packages, shape, container, warnings },
    truth: () => recording.truth(),
    frames: (range, stage) => recording.frames(range, stage),
  };
}

export interface MovieOptions {
  readonly frames: number;
  readonly height: number;
  readonly width: number;
  readonly container?: Recorded["container"];
  readonly fps?: number;
  readonly blockFrames?: number;
}

const ARRAYS = { uint8: Uint8Array, uint16: Uint16Array, float32: Float32Array };

/** All values of the movie, from a formula that gives no two rows, columns or frames alike. */
export function movieValues({ frames, height, width, container = "uint8" }: MovieOptions) {
  const values = new ARRAYS[container](frames * height * width);
  const step = container === "float32" ? 0.37 : 1;
  let i = 0;
  for (let t = 0; t < frames; t++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++)
        values[i] = ((t * 31 + y * 7 + x * 3) * 257 * step) >>> 3;
    }
  }
  return values;
}

/** A source with these values and the truth of the small recording. Its blocks are reused, as a renderer's are. */
export async function movieSource(options: MovieOptions): Promise<Recorded> {
  const { frames, height, width, container = "uint8", fps = 20, blockFrames = 4 } = options;
  const values = movieValues(options);
  const pixels = height * width;
  const block = new ARRAYS[container](blockFrames * pixels);
  const small = await smallSource();
  const acquisition = { ...small.spec.acquisition, fps };
  return {
    ...small,
    spec: { ...small.spec, acquisition },
    shape: [frames, height, width],
    container,
    async *frames(): AsyncGenerator<MovieBlock> {
      for (let start = 0; start < frames; start += blockFrames) {
        const end = Math.min(frames, start + blockFrames);
        const data = block.subarray(0, (end - start) * pixels);
        data.set(values.subarray(start * pixels, end * pixels));
        yield { start, end, data };
        block.fill(99);
      }
    },
  };
}
