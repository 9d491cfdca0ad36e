// Binds the contract to the compiled verbs: checks the operands, then passes their addresses.
import { createArena } from "./arena.ts";
import {
  expectBlock,
  expectCount,
  expectInteger,
  expectLength,
  expectResponse,
  expectShifts,
  expectWindow,
} from "./checks.ts";
import { instantiateFrames } from "./frames-module.ts";
import { createHeap } from "./heap.ts";
import type { Kernels } from "./kernels.ts";
import { createScratch } from "./scratch.ts";

const philoxBlock_bytes = 16;

/** Instantiates the kernels synchronously. Instances share nothing but the compiled code. */
export function createKernels(): Kernels {
  const { memory, wasm } = instantiateFrames();
  const heap = createHeap(memory, wasm.heapBase());
  const scratch = createScratch(heap);

  return {
    arena: () => createArena(memory, heap),

    accumulatePatches(block, { nFrames, height, width }, patches, weights) {
      const { count, table, starts, data } = patches;
      expectBlock("block", block, nFrames, height * width);
      expectCount("height", height);
      expectCount("width", width);
      expectCount("count", count);
      expectLength("table", table, 4 * count);
      expectLength("starts", starts, count);
      expectLength("weights", weights, count * nFrames);
      const bad = wasm.firstBadPatch(
        table.byteOffset,
        starts.byteOffset,
        count,
        height,
        width,
        data.length,
      );
      if (bad >= 0) {
        throw new RangeError(
          `Patch ${bad} leaves its data or the canvas of ${height} × ${width} pixels.`,
        );
      }
      wasm.accumulatePatches(
        block.byteOffset,
        nFrames,
        height,
        width,
        table.byteOffset,
        starts.byteOffset,
        data.byteOffset,
        count,
        weights.byteOffset,
      );
    },

    accumulateField(block, nFrames, nPixels, field, weights) {
      expectBlock("block", block, nFrames, nPixels);
      expectLength("field", field, nPixels);
      expectLength("weights", weights, nFrames);
      wasm.accumulateField(
        block.byteOffset,
        nFrames,
        nPixels,
        field.byteOffset,
        weights.byteOffset,
      );
    },

    modulate(block, nFrames, nPixels, field, weights) {
      expectBlock("block", block, nFrames, nPixels);
      expectLength("field", field, nPixels);
      if (weights) expectLength("weights", weights, nFrames);
      wasm.modulate(
        block.byteOffset,
        nFrames,
        nPixels,
        field.byteOffset,
        weights ? weights.byteOffset : 0,
      );
    },

    translate(source, { nFrames, height, width }, target, window, shifts) {
      expectBlock("source", source, nFrames, height * width);
      expectCount("height", height);
      expectCount("width", width);
      expectWindow(window);
      const outPixels = window.height * window.width;
      expectLength("target", target, nFrames * outPixels);
      expectShifts(shifts, nFrames);
      const from = source.byteOffset;
      const to = target.byteOffset;
      for (let f = 0; f < nFrames; f++) {
        wasm.translate(
          from + f * height * width * source.bytesPerElement,
          height,
          width,
          to + f * outPixels * target.bytesPerElement,
          window.top,
          window.left,
          window.height,
          window.width,
          shifts[2 * f]!,
          shifts[2 * f + 1]!,
        );
      }
    },

    digitize(source, nFrames, nPixels, frameNumbers, key, response, target) {
      expectBlock("source", source, nFrames, nPixels);
      expectLength("frameNumbers", frameNumbers, nFrames);
      expectLength("target", target, nFrames * nPixels);
      expectResponse(response, target.bytesPerElement);
      const verb = target.bytesPerElement === 1 ? wasm.digitizeU8 : wasm.digitizeU16;
      verb(
        source.byteOffset,
        nFrames,
        nPixels,
        frameNumbers.byteOffset,
        key[0],
        key[1],
        response.photons_per_unit * response.quantum_efficiency,
        response.read_noise_e * response.read_noise_e,
        response.gain_adu_per_e,
        response.max_count,
        target.byteOffset,
      );
    },

    normals(target, { rows, cols, rowStart, colStart }, key) {
      expectCount("rows", rows);
      expectCount("cols", cols);
      expectInteger("rowStart", rowStart);
      expectInteger("colStart", colStart);
      expectLength("target", target, rows * cols);
      wasm.normals(target.byteOffset, rows, cols, rowStart, colStart, key[0], key[1]);
    },

    blur(source, { height, width }, taps, target, window, edge) {
      expectBlock("source", source, 1, height * width);
      expectCount("height", height);
      expectCount("width", width);
      expectWindow(window);
      expectLength("target", target, window.height * window.width);
      if (taps.length % 2 !== 1) {
        throw new RangeError(`A blur needs an odd number of taps: got ${taps.length}.`);
      }
      if (edge === "nearest" && height * width === 0) {
        throw new RangeError("An empty source has no nearest pixel.");
      }
      const radius = (taps.length - 1) / 2;
      const bytes = wasm.blurScratchBytes(height, radius, window.height, window.width);
      wasm.blur(
        source.byteOffset,
        height,
        width,
        taps.byteOffset,
        radius,
        target.byteOffset,
        window.top,
        window.left,
        window.height,
        window.width,
        edge === "nearest",
        scratch.reserve(bytes),
      );
    },

    philox(counter, key) {
      const at = scratch.reserve(philoxBlock_bytes);
      const words = new Uint32Array(memory.buffer, at, 4);
      words.set(counter);
      wasm.philox(at, key[0], key[1]);
      return [words[0]!, words[1]!, words[2]!, words[3]!];
    },
  };
}
