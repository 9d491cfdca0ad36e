// Small recordings made by hand for the tests of the HDF5 formats: nothing about them is symmetric.
import { type Footprint, FootprintStack } from "@minisim/footprint";
import type { Recorded } from "@minisim/recording";
import { type GivenField, GroundTruth, type GroundTruthInput, nd } from "@minisim/recording";
import { acquisitionSchema, outputSchema, type Spec } from "@minisim/spec";

export const HEIGHT = 9;
export const WIDTH = 13;
export const FRAMES = 7;
export const UNITS = 4;

/** Numbers that only look random: an integer recurrence, the same everywhere. */
export function numbers(length: number, seed = 1): Float64Array {
  let state = seed;
  return Float64Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  });
}

export const left = (
  name: string,
  dims: readonly string[],
  value: GivenField["value"],
): GivenField => ({
  ...{ name, dims, unit: "1", description: `What a step leaves as ${name}.` },
  value,
});

/** Every field present; one unit partly outside the field of view, one without spikes, a NaN amplitude. */
export function makeTruth(changes: Partial<GroundTruthInput> = {}): GroundTruth {
  const array = (...shape: number[]) =>
    nd(
      numbers(
        shape.reduce((a, b) => a * b, 1),
        shape.length + shape[0]!,
      ),
      shape,
    );
  const flags = (bit: number) =>
    nd(
      Uint8Array.from({ length: UNITS }, (_, i) => Number(i % 2 === bit)),
      [UNITS],
    );
  const amplitude = array(UNITS);
  amplitude.data[1] = Number.NaN;
  const patch = (row: number, col: number, height: number, width: number): Footprint => ({
    ...{ row, col, height, width },
    data: Float32Array.from(numbers(height * width, row * 31 + col), (u) => u + 0.1),
  });
  const footprints = [patch(0, 3, 4, 2), patch(3, 5, 2, 5), patch(6, 1, 3, 3), patch(2, 10, 5, 4)];
  return new GroundTruth({
    C: array(UNITS, FRAMES),
    S: array(UNITS, FRAMES),
    centers_um: array(UNITS, 3),
    amplitude_per_cell: amplitude,
    in_focus: flags(0),
    detectable: flags(1),
    detection_snr: array(UNITS),
    observed_sigma_px: null,
    observed_gain: null,
    vessel_overlap_fraction: array(UNITS),
    planted: FootprintStack.from(footprints, { height: HEIGHT + 2, width: WIDTH + 3 }),
    fov_offset: [1, 2],
    fov_shape: [HEIGHT, WIDTH],
    focal_depth_um: 87.5,
    spike_times_s: {
      offsets: Int32Array.of(0, 2, 2, 5, 6),
      data: Float64Array.of(0.0125, 0.21, 0.05, 0.0625, 0.3, 0.11),
    },
    step_fields: [
      left("shifts", ["frame", "axis_yx"], array(FRAMES, 2)),
      left("illumination", ["height", "width"], array(HEIGHT, WIDTH)),
      left("vignette", ["height", "width"], array(HEIGHT, WIDTH)),
      left("leakage", ["height", "width"], array(HEIGHT, WIDTH)),
      left("bleaching", ["unit", "frame"], array(UNITS, FRAMES)),
      left("neuropil_temporal", ["component", "frame"], array(2, FRAMES)),
      left("neuropil_spatial", ["component", "height", "width"], array(2, HEIGHT, WIDTH)),
      left("neuropil_population", ["frame"], array(FRAMES)),
      left("vasculature_mask", ["height", "width"], array(HEIGHT, WIDTH)),
      left("halo", ["unit", "ring"], array(UNITS, 2)),
    ],
    ...changes,
  });
}

/** What vessels and steps leave, all absent. */
export const bare = {
  vessel_overlap_fraction: null,
  focal_depth_um: null,
  step_fields: [],
} as const;

const CONTAINERS = { uint8: Uint8Array, uint16: Uint16Array, float32: Float32Array } as const;
const MOST = { uint8: 255, uint16: 60_000, float32: 1 } as const;

export interface SourceOptions {
  container?: Recorded["container"];
  truth?: GroundTruth;
  shape?: Recorded["shape"];
  /** Frames a block. */
  block?: number;
}

/** Frame t of the movie of `makeSource`. */
export function frame(t: number, { container = "uint8", shape }: SourceOptions = {}) {
  const [, height, width] = shape ?? [FRAMES, HEIGHT, WIDTH];
  const most = MOST[container];
  const values = numbers(height * width, t + 5);
  const whole = container === "float32" ? values : values.map((u) => Math.floor(u * (most + 1)));
  return CONTAINERS[container].from(whole);
}

export function makeSource(options: SourceOptions = {}): Recorded {
  const { container = "uint8", truth = makeTruth(), block = 3 } = options;
  const shape = options.shape ?? [FRAMES, HEIGHT, WIDTH];
  const [total, height, width] = shape;
  // 1.5 µm a pixel.
  const image_sensor = { n_px_height: height, n_px_width: width, pixel_pitch_um: 12 };
  const optics = { magnification: 8 };
  return {
    spec: {
      acquisition: acquisitionSchema.parse({ fps: 20, image_sensor, optics }),
      seed: 7,
      steps: [{ kind: "optics" }, { kind: "sensor" }],
      output: outputSchema.parse({}),
    } as unknown as Spec,
    shape,
    container,
    step_revisions: {},
    step_packages: {},
    cache_key: "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    warnings: [],
    truth: async () => truth,
    async *frames() {
      for (let start = 0; start < total; start += block) {
        const end = Math.min(start + block, total);
        const data = new CONTAINERS[container]((end - start) * height * width);
        for (let t = start; t < end; t++) data.set(frame(t, options), (t - start) * height * width);
        yield { start, end, data };
      }
    },
  };
}
