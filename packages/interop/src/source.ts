// What can be exported: a stored recording, one in memory, or a plan whose frames are rendered as they are written.
import { groundTruth } from "@minisim/finalize";
import type { Plan } from "@minisim/pipeline";
import type { GroundTruth, Recording } from "@minisim/recording";
import { containerOf, type RenderOptions, render } from "@minisim/render";
import { geometryOf, type Spec } from "@minisim/spec";
import { containerFor, type StoredRecording } from "@minisim/store";
import type { ExportSource, MovieBlock } from "./contract.ts";

type Container = ExportSource["container"];

/** A recording in a store; the movie is read chunk by chunk. */
export function sourceOfStored(stored: StoredRecording): ExportSource {
  const { shape, dtype } = stored.layout();
  return {
    ...describe(stored.spec, stored.attributes.cache_key),
    shape: shape as ExportSource["shape"],
    container: dtype,
    groundTruth: () => stored.groundTruth(),
    frames: () => stored.frames(),
  };
}

// A few MiB: no second movie in memory.
const BLOCK_VALUES = 1 << 20;

/** A recording in memory. `cacheKey` is that of its spec: `Spec.cacheKey(recording.spec)` of the simulator that made it. */
export function sourceOfRecording(recording: Recording, cacheKey: string): ExportSource {
  const { spec, observed, ground_truth } = recording;
  const { data } = observed;
  const shape = observed.shape as unknown as ExportSource["shape"];
  const [total, height, width] = shape;
  const container = containerFor(data, spec.acquisition.image_sensor.bit_depth);
  const pixels = height * width;
  const rows = Math.max(1, Math.floor(BLOCK_VALUES / pixels));
  return {
    ...describe(spec, cacheKey),
    shape,
    container,
    groundTruth: async () => ground_truth,
    async *frames() {
      for (let start = 0; start < total; start += rows) {
        const end = Math.min(start + rows, total);
        const values = data.subarray(start * pixels, end * pixels);
        yield { start, end, data: inContainer(values, container) };
      }
    },
  };
}

export interface PlanSourceOptions
  extends Pick<RenderOptions, "workers" | "until" | "backend" | "signal"> {}

/**
 * A compiled spec, straight: frames are rendered in order, on workers, while they are written, and nothing is stored.
 * `cacheKey` is that of the spec.
 * @throws RangeError for an unknown stage.
 */
export function sourceOfPlan(
  plan: Plan,
  cacheKey: string,
  options: PlanSourceOptions = {},
): ExportSource {
  const { spec, program } = plan;
  const { n_frames, fov } = program.geometry;
  const { until } = options;
  const container: Container = containerOf(program, until);
  let truth: GroundTruth | undefined;
  return {
    ...describe(spec, cacheKey),
    shape: [hasMovie(plan, until) ? n_frames : 0, fov.height, fov.width],
    container,
    groundTruth: async () => {
      truth ??= groundTruth(plan);
      return truth;
    },
    async *frames(): AsyncGenerator<MovieBlock> {
      for await (const { frames, data } of render(program, options)) {
        yield { start: frames[0]!, end: frames.at(-1)! + 1, data };
      }
    },
  };
}

function hasMovie({ program: { stages } }: Plan, until: string | undefined): boolean {
  const at = stages.findIndex(({ name, kind }) => name === until || kind === until);
  const reached = until === undefined ? stages : stages.slice(0, at + 1);
  return reached.some(({ space }) => space !== null);
}

function describe(spec: Spec, cache_key: string) {
  const { fps } = spec.acquisition;
  return { spec, fps, cache_key, pixel_size_um: geometryOf(spec.acquisition).pixel_size_um };
}

function inContainer(
  values: Float32Array | Float64Array,
  container: Container,
): MovieBlock["data"] {
  if (container === "uint8") return Uint8Array.from(values);
  if (container === "uint16") return Uint16Array.from(values);
  return values instanceof Float32Array ? values : Float32Array.from(values);
}
