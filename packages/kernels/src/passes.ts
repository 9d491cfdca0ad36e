// The passes over a block: checks their operands, lays out their tables in working memory and runs them.

import type { F32, U8, U16 } from "./arena.ts";
import {
  expectBlock,
  expectCount,
  expectLength,
  expectNumbers,
  expectResponse,
  expectWindow,
} from "./checks.ts";
import type { FramesModule } from "./frames-module.ts";
import type { Digitization, FieldOperation, Kernels, Motion } from "./kernels.ts";
import { expectMotion, motionBytes, spreadOf, writeMotion } from "./motion.ts";
import type { BlockShape, Window } from "./operands.ts";
import { checkOperations, recordCount, tableBytes, writeOperations } from "./operation-table.ts";
import type { Scratch } from "./scratch.ts";

// Of an exposure's record, up to the next address that suits vectors.
const record_bytes = 48;

export type Passes = Pick<Kernels, "compose" | "expose" | "capture" | "digitize">;

export function createPasses(
  memory: WebAssembly.Memory,
  wasm: FramesModule,
  scratch: Scratch,
): Passes {
  const sensor_bytes = wasm.sensorBytes();

  return {
    compose(block, shape, operations, dark = false) {
      const { nFrames, height, width } = shape;
      expectShape("block", block, shape);
      checkOperations(wasm, operations, shape);
      const bytes = tableBytes(wasm, operations, shape);
      const table = scratch.reserve(bytes + wasm.composeScratchBytes(height, width));
      writeOperations(wasm, memory, table, operations, shape);
      wasm.compose(
        block.byteOffset,
        nFrames,
        height,
        width,
        table,
        recordCount(operations),
        dark,
        table + bytes,
      );
    },

    expose(source, shape, window, motion, operations, target, sensor) {
      const { nFrames, height, width } = shape;
      expectShape("source", source, shape);
      const exposure = { window, motion, operations, target, sensor };
      checkExposure(exposure, nFrames);
      const at = scratch.reserve(exposureBytes(exposure, nFrames));
      writeExposure(at, exposure, nFrames);
      wasm.expose(source.byteOffset, nFrames, height, width, at);
    },

    capture(shape, operations, window, motion, fields, target, sensor) {
      const { nFrames, height, width } = shape;
      expectCount("height", height);
      expectCount("width", width);
      checkOperations(wasm, operations, shape);
      const exposure = { window, motion, operations: fields, target, sensor };
      checkExposure(exposure, nFrames);
      const spread = spreadOf(motion, nFrames, window, height);
      const held = wasm.ringRows(height, width, window.width, spread);
      const exposure_bytes = exposureBytes(exposure, nFrames);
      const table_bytes = tableBytes(wasm, operations, shape);
      const band_bytes = wasm.composeScratchBytes(height, width);
      const ring_bytes = 4 * nFrames * held * width;
      const at = scratch.reserve(exposure_bytes + table_bytes + band_bytes + ring_bytes);
      const table = at + exposure_bytes;
      const band = table + table_bytes;
      writeExposure(at, exposure, nFrames);
      writeOperations(wasm, memory, table, operations, shape);
      wasm.capture(
        band + band_bytes,
        held,
        nFrames,
        height,
        width,
        table,
        recordCount(operations),
        band,
        at,
      );
    },

    digitize(source, nFrames, nPixels, sensor, target) {
      expectBlock("source", source, nFrames, nPixels);
      expectLength("target", target, nFrames * nPixels);
      checkSensor(sensor, nFrames, nPixels, target);
      const at = scratch.reserve(sensor_bytes);
      writeSensor(at, sensor);
      wasm.digitize(
        source.byteOffset,
        nFrames,
        nPixels,
        sensor.patterns?.height ?? 0,
        sensor.frameNumbers.byteOffset,
        at,
        target.byteOffset,
        target.bytesPerElement,
      );
    },
  };

  function checkExposure(
    { window, motion, operations, target, sensor }: Exposure,
    nFrames: number,
  ): void {
    expectWindow(window);
    expectLength("target", target, nFrames * window.height * window.width);
    expectMotion(motion, nFrames, window);
    checkOperations(wasm, operations, { nFrames, height: window.height, width: window.width });
    if (sensor) checkSensor(sensor, nFrames, window.height * window.width, target);
    else if (target.bytesPerElement !== 4) {
      throw new TypeError("Without a sensor the target is an array of float32.");
    }
  }

  function exposureBytes({ operations, window, motion }: Exposure, nFrames: number): number {
    const table_bytes = tableBytes(wasm, operations, { ...window, nFrames });
    return record_bytes + sensor_bytes + motionBytes(motion, nFrames, window) + table_bytes;
  }

  /** Lays the record of assembly/frames/exposure.ts out at `at`, and behind it what it refers to. */
  function writeExposure(
    at: number,
    { window, motion, operations, target, sensor }: Exposure,
    nFrames: number,
  ): void {
    const { top, left, height, width } = window;
    const sensorAt = at + record_bytes;
    const motionAt = sensorAt + sensor_bytes;
    const table = motionAt + motionBytes(motion, nFrames, window);
    const [shiftsAt, displacementAt] = writeMotion(memory, motionAt, motion, nFrames, window);
    new Int32Array(memory.buffer, at, record_bytes / 4).set([
      top,
      left,
      height,
      width,
      shiftsAt,
      table,
      recordCount(operations),
      sensor ? sensor.frameNumbers.byteOffset : 0,
      sensorAt,
      target.byteOffset,
      sensor ? target.bytesPerElement : 0,
      displacementAt,
    ]);
    writeOperations(wasm, memory, table, operations, { nFrames, height, width });
    if (sensor) writeSensor(sensorAt, sensor);
  }

  function writeSensor(at: number, { key, numbers, response, patterns }: Digitization): void {
    wasm.prepareSensor(
      at,
      key[0],
      key[1],
      response.electrons_per_unit,
      response.dark_e,
      response.read_noise_e * response.read_noise_e,
      response.full_well_e,
      response.counts_per_e,
      response.black_counts,
      response.max_count,
    );
    if (numbers) wasm.prepareNumbers(at, numbers.width, numbers.first, numbers.stride);
    if (!patterns) return;
    const { sensitivity, dark_e, offset_e, row_offsets_e, width } = patterns;
    wasm.preparePatterns(
      at,
      sensitivity.byteOffset,
      dark_e.byteOffset,
      offset_e.byteOffset,
      row_offsets_e?.byteOffset ?? 0,
      width,
    );
  }
}

interface Exposure {
  readonly window: Window;
  readonly motion: Motion;
  readonly operations: readonly FieldOperation[];
  readonly target: F32 | U8 | U16;
  readonly sensor: Digitization | undefined;
}

function expectShape(name: string, block: F32, { nFrames, height, width }: BlockShape): void {
  expectBlock(name, block, nFrames, height * width);
  expectCount("height", height);
  expectCount("width", width);
}

function checkSensor(
  { frameNumbers, numbers, response, patterns }: Digitization,
  nFrames: number,
  nPixels: number,
  target: F32 | U8 | U16,
): void {
  if (target.bytesPerElement === 4) {
    throw new TypeError("Counts go to an array of uint8 or uint16.");
  }
  expectLength("frameNumbers", frameNumbers, nFrames);
  expectResponse(response, target.bytesPerElement);
  if (numbers) expectNumbers(numbers, nPixels);
  if (!patterns) return;
  const { height, width, row_offsets_e } = patterns;
  if (height * width !== nPixels) {
    throw new RangeError(`The patterns have ${height} × ${width} pixels, the frame ${nPixels}.`);
  }
  for (const name of ["sensitivity", "dark_e", "offset_e"] as const) {
    expectLength(`patterns.${name}`, patterns[name], nPixels);
  }
  if (row_offsets_e) expectLength("patterns.row_offsets_e", row_offsets_e, nFrames * height);
}
