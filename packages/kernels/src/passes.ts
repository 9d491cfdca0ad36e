// The passes over a block: checks their operands, lays out their tables in working memory and runs them.

import type { F32, U8, U16 } from "./arena.ts";
import {
  expectBlock,
  expectCount,
  expectLength,
  expectResponse,
  expectShifts,
  expectWindow,
} from "./checks.ts";
import type { FramesModule } from "./frames-module.ts";
import type { Digitization, Kernels } from "./kernels.ts";
import type { BlockShape } from "./operands.ts";
import { checkOperations, recordCount, tableBytes, writeOperations } from "./operation-table.ts";
import type { Scratch } from "./scratch.ts";

export interface Passes extends Pick<Kernels, "compose" | "expose"> {
  digitize(
    source: F32,
    nFrames: number,
    nPixels: number,
    sensor: Digitization,
    target: U8 | U16,
  ): void;
}

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
      const bytes = tableBytes(operations);
      const table = scratch.reserve(bytes + wasm.composeScratchBytes(height, width));
      writeOperations(new Int32Array(memory.buffer, table, bytes / 4), operations, shape);
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

    expose(source, shape, window, shifts, operations, target, sensor) {
      const { nFrames, height, width } = shape;
      expectShape("source", source, shape);
      expectWindow(window);
      expectLength("target", target, nFrames * window.height * window.width);
      expectShifts(shifts, nFrames);
      const out = { nFrames, height: window.height, width: window.width };
      checkOperations(wasm, operations, out);
      if (sensor) checkSensor(sensor, nFrames, target);
      else if (target.bytesPerElement !== 4) {
        throw new TypeError("Without a sensor the target is an array of float32.");
      }
      const bytes = tableBytes(operations);
      const at = scratch.reserve(sensor_bytes + 16 * nFrames + bytes);
      const shiftsAt = at + sensor_bytes;
      const table = shiftsAt + 16 * nFrames;
      const pairs = new Float64Array(memory.buffer, shiftsAt, 2 * nFrames);
      for (let i = 0; i < pairs.length; i++) pairs[i] = shifts[i]!;
      writeOperations(new Int32Array(memory.buffer, table, bytes / 4), operations, out);
      if (sensor) writeSensor(at, sensor);
      wasm.expose(
        source.byteOffset,
        nFrames,
        height,
        width,
        window.top,
        window.left,
        window.height,
        window.width,
        shiftsAt,
        table,
        recordCount(operations),
        sensor ? sensor.frameNumbers.byteOffset : 0,
        at,
        target.byteOffset,
        sensor ? target.bytesPerElement : 0,
      );
    },

    digitize(source, nFrames, nPixels, sensor, target) {
      expectBlock("source", source, nFrames, nPixels);
      expectLength("target", target, nFrames * nPixels);
      checkSensor(sensor, nFrames, target);
      const at = scratch.reserve(sensor_bytes);
      writeSensor(at, sensor);
      wasm.digitize(
        source.byteOffset,
        nFrames,
        nPixels,
        sensor.frameNumbers.byteOffset,
        at,
        target.byteOffset,
        target.bytesPerElement,
      );
    },
  };

  function writeSensor(at: number, { key, response }: Digitization): void {
    wasm.prepareSensor(
      at,
      key[0],
      key[1],
      response.photons_per_unit * response.quantum_efficiency,
      response.read_noise_e * response.read_noise_e,
      response.gain_adu_per_e,
      response.max_count,
    );
  }
}

function expectShape(name: string, block: F32, { nFrames, height, width }: BlockShape): void {
  expectBlock(name, block, nFrames, height * width);
  expectCount("height", height);
  expectCount("width", width);
}

function checkSensor(
  { frameNumbers, response }: Digitization,
  nFrames: number,
  target: F32 | U8 | U16,
): void {
  if (target.bytesPerElement === 4) {
    throw new TypeError("Counts go to an array of uint8 or uint16.");
  }
  expectLength("frameNumbers", frameNumbers, nFrames);
  expectResponse(response, target.bytesPerElement);
}
