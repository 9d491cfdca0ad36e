// Bytes and operations that follow from the sizes of a frame program, whichever steps made it.
import { area, blockFramesOf, type SceneGeometry } from "./geometry.ts";
import type { Work } from "./work.ts";

/** What a program is expected to be, as far as its renderer's memory and pace go. */
export interface ExpectedProgram {
  readonly geometry: SceneGeometry;
  readonly cells: number;
  readonly footprint_px: number;
  readonly field_px: number;
  readonly coefficients: number;
  readonly spline_px: number;
  readonly displaced_px: number;
  /** Bytes of a pixel as it is stored: of a count, or of light where there is no sensor. */
  readonly pixel_bytes: number;
  readonly has_sensor: boolean;
  /** Stages whose movies are kept beside the last one. */
  readonly kept_stages: number;
}

// Measured with Node 20 on Linux: a process with the simulator loaded, and a thread with the renderer.
const PROCESS_BYTES = 130e6;
const THREAD_BYTES = 45e6;

/** What a pixel takes where the program is made: patches are float32, fields float64. */
const PATCH_BYTES = 4;
const FIELD_BYTES = 8;

/**
 * The largest memory that the steps need on the way, each beside what those before it have left; and a copy of all operands for
 * the workers, who share it. What a step gives back is rarely back with the system before that.
 */
export function compileBytes(shares: readonly Work[], program: ExpectedProgram): number {
  let held = PROCESS_BYTES;
  let most = held;
  for (const share of shares) {
    held += operandBytes(share) + (share.held_bytes ?? 0);
    most = Math.max(most, held + (share.passing_bytes ?? 0));
  }
  return Math.max(most, held) + operandBytes(program);
}

const operandBytes = ({
  footprint_px = 0,
  coefficients = 0,
  field_px = 0,
}: Omit<Work, "cells">): number =>
  PATCH_BYTES * (footprint_px + coefficients) + FIELD_BYTES * field_px;

// Chunks of a movie are as large, or a frame where that is larger; one is filled while another is encoded and written.
const CHUNK_BYTES = 16e6;
const CHUNKS = 3;

/** Rows around those that motion can bring into view, which the kernels compose at a time. */
const BAND_ROWS = 64;

/** Of a worker: its own copy of the operands, and the block of frames that it computes. */
export function kernelBytes(program: ExpectedProgram): number {
  const { geometry, cells, footprint_px, field_px, coefficients, pixel_bytes, kept_stages } =
    program;
  const { canvas, fov, margin_px } = geometry;
  const keepsLight = margin_px === 0 || kept_stages > 0;
  const rows = keepsLight ? canvas.height : Math.min(canvas.height, 2 * margin_px + BAND_ROWS);
  const frame = 4 * rows * canvas.width + pixel_bytes * area(fov) + 4 * cells;
  return 4 * (footprint_px + field_px + coefficients) + blockFramesOf(geometry) * frame;
}

/** Of one frame of every kept stage: light, and before motion on the whole canvas. */
export function stagesBytes({ geometry, kept_stages }: ExpectedProgram): number {
  return kept_stages * 4 * area(geometry.canvas);
}

/** Of a worker: what its kernels hold, the frames of stages on the way, and the chunks that it fills. */
export function workerBytes(program: ExpectedProgram): number {
  const { geometry, pixel_bytes } = program;
  const { fov, n_frames } = geometry;
  const chunkOf = (bytes: number) => Math.min(Math.max(CHUNK_BYTES, bytes), n_frames * bytes);
  const light_bytes = stagesBytes(program);
  const chunks = chunkOf(pixel_bytes * area(fov)) + chunkOf(light_bytes);
  const kept = blockFramesOf(geometry) * light_bytes;
  return THREAD_BYTES + kernelBytes(program) + kept + CHUNKS * chunks;
}

// Nanoseconds a pixel on one core, measured: a weighted patch, a coefficient of a coarse one, what the sum of these takes to a pixel,
// a field, the shift of the canvas, what a smooth displacement takes on top of it, and noise and counts.
const PATCH_NS = 0.28;
const COEFFICIENT_NS = 0.15;
const SPLINE_NS = 0.4;
const FIELD_NS = 0.4;
const SHIFT_NS = 1.5;
const DISPLACED_NS = 2.5;
const SENSOR_NS = 3.5;

/** Of one frame, about a nanosecond each. */
export function frameOperations(program: ExpectedProgram): number {
  const { geometry, footprint_px, field_px, coefficients, has_sensor } = program;
  const shift = geometry.margin_px > 0 ? SHIFT_NS : 0;
  const sensor = has_sensor ? SENSOR_NS : 0;
  return (
    PATCH_NS * footprint_px +
    COEFFICIENT_NS * coefficients +
    SPLINE_NS * program.spline_px +
    DISPLACED_NS * program.displaced_px +
    FIELD_NS * field_px +
    (shift + sensor + FIELD_NS) * area(geometry.canvas)
  );
}
