// Small recordings made by hand, without the simulator.
import { type Footprint, FootprintStack } from "@minisim/footprint";
import {
  type GivenField,
  GroundTruth,
  type GroundTruthInput,
  nd,
  Recording,
} from "@minisim/recording";
import { acquisitionSchema, outputSchema, type Spec } from "@minisim/spec";
import { createMemoryStorage, createRecordingWriter, headerOf, writeMovies } from "@minisim/store";

export const CACHE_KEY = "0123456789abcdef";

/** Numbers that only look random: an integer recurrence, the same everywhere. */
export function numbers(length: number, seed = 1): Float64Array {
  let state = seed;
  return Float64Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  });
}

export function makeSpec(
  options: { store_dtype?: "float32" | "float64"; bit_depth?: number } = {},
): Spec {
  const { store_dtype = "float32", bit_depth = 8 } = options;
  const image_sensor = { n_px_height: 5, n_px_width: 4, bit_depth };
  return {
    acquisition: acquisitionSchema.parse({ image_sensor }),
    seed: 7,
    steps: [{ kind: "sensor", photons_per_unit: 100 }, { kind: "optics" }],
    output: outputSchema.parse({ store_dtype }),
  } as Spec;
}

interface Sizes {
  units?: number;
  frames?: number;
  fov?: [number, number];
}

const left = (
  name: string,
  unit: string,
  dims: readonly string[],
  value: GivenField["value"],
): GivenField => ({ name, dims, unit, description: `What a step leaves as ${name}.`, value });

/** Every field of the scene present, and some of steps; one unit without pixels, one without spikes, a NaN amplitude. */
export function makeTruth(sizes: Sizes = {}, changes: Partial<GroundTruthInput> = {}): GroundTruth {
  const { units = 3, frames = 6, fov = [5, 4] } = sizes;
  const [height, width] = fov;
  const array = (...shape: number[]) =>
    nd(
      numbers(
        shape.reduce((a, b) => a * b, 1),
        shape.length + 1,
      ),
      shape,
    );
  const flags = (bit: number) =>
    nd(
      Uint8Array.from({ length: units }, (_, i) => Number(i % 2 === bit)),
      [units],
    );
  const amplitude = array(units);
  if (units > 0) amplitude.data[0] = Number.NaN;
  const footprints = Array.from(
    { length: units },
    (_, i): Footprint =>
      i === 1
        ? { row: 0, col: 0, height: 0, width: 0, data: new Float32Array() }
        : { row: i, col: 1, height: 2, width: 2, data: Float32Array.from(numbers(4, i + 2)) },
  );
  return new GroundTruth({
    C: array(units, frames),
    S: array(units, frames),
    centers_um: array(units, 3),
    amplitude_per_cell: amplitude,
    in_focus: flags(0),
    detectable: flags(1),
    detection_snr: array(units),
    observed_sigma_px: array(units),
    observed_gain: array(units),
    vessel_overlap_fraction: array(units),
    planted: FootprintStack.from(footprints, { height: height + 2, width: width + 2 }),
    fov_offset: [1, 1],
    fov_shape: [height, width],
    focal_depth_um: 87.5,
    spike_times_s: {
      offsets: Int32Array.from({ length: units + 1 }, (_, i) => (i > 1 ? i - 1 : 0) * 2),
      data: numbers(Math.max(0, units - 1) * 2),
    },
    step_fields: [
      left("shifts", "px", ["frame", "axis_yx"], array(frames, 2)),
      left("vignette", "1", ["height", "width"], array(height, width)),
      left("bleaching", "1", ["unit", "frame"], array(units, frames)),
      left("neuropil_temporal", "1", ["component", "frame"], array(2, frames)),
      left("neuropil_spatial", "1", ["component", "height", "width"], array(2, height, width)),
      left("neuropil_population", "1", ["frame"], array(frames)),
      left("halo", "um", ["unit", "ring"], array(units, 2)),
    ],
    ...changes,
  });
}

/** What optics, vessels and steps leave, all absent. */
export const bare = {
  observed_sigma_px: null,
  observed_gain: null,
  vessel_overlap_fraction: null,
  focal_depth_um: null,
  step_fields: [],
} as const;

export const counts = (length: number, most = 255, seed = 3): Float32Array =>
  Float32Array.from(numbers(length, seed), (u) => Math.floor(u * (most + 1)));

/** 6 frames of 5 × 4 counts, snapshots of the canvas and of the field of view, a warning. */
export function makeRecording({ cache_key = CACHE_KEY } = {}): Recording {
  const pixels = Float32Array.from(numbers(6 * 7 * 6));
  return new Recording({
    spec: makeSpec(),
    cache_key,
    step_revisions: { optics: 2, sensor: 1 },
    step_packages: { optics: { name: "@minisim/step-optics", version: "0.1.0" } },
    observed: nd(counts(6 * 5 * 4), [6, 5, 4]),
    ground_truth: makeTruth(),
    snapshots: {
      neuropil: { name: "neuropil", movie: nd(pixels, [6, 7, 6]), fov_offset: [1, 1] },
      leakage: {
        name: "leakage",
        movie: nd(pixels.slice(0, 6 * 5 * 4), [6, 5, 4]),
        fov_offset: [0, 0],
      },
    },
    warnings: [
      { severity: "warning", code: "shortfall", path: ["steps", 0], message: "Fewer cells." },
    ],
  });
}

/** The recording as the entries of a store. */
export async function stored(recording: Recording): Promise<Map<string, Uint8Array>> {
  const entries = new Map<string, Uint8Array>();
  const storage = createMemoryStorage(entries);
  const writer = await createRecordingWriter(storage, await headerOf(recording));
  await writeMovies(writer, recording);
  await writer.finish();
  return entries;
}
