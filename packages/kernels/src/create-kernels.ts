// Binds the contract to the compiled verbs: checks the operands, then passes their addresses.
import { createArena } from "./arena.ts";
import { expectBlock, expectCount, expectInteger, expectLength, expectWindow } from "./checks.ts";
import { instantiateFrames } from "./frames-module.ts";
import { createHeap } from "./heap.ts";
import type { Kernels } from "./kernels.ts";
import { createPasses } from "./passes.ts";
import { createScratch } from "./scratch.ts";

const philoxBlock_bytes = 16;

/** Instantiates the kernels synchronously. Instances share nothing but the compiled code. */
export function createKernels(): Kernels {
  const { memory, wasm } = instantiateFrames();
  const heap = createHeap(memory, wasm.heapBase());
  const scratch = createScratch(heap);
  const passes = createPasses(memory, wasm, scratch);

  return {
    arena: () => createArena(memory, heap),

    compose: passes.compose,
    expose: passes.expose,
    capture: passes.capture,

    accumulatePatches(block, shape, patches, weights) {
      passes.compose(block, shape, [{ kind: "patches", patches, weights }]);
    },

    accumulateCoarse(block, shape, spacing_px, patches, weights) {
      passes.compose(block, shape, [{ kind: "coarse", spacing_px, patches, weights }]);
    },

    accumulateField(block, nFrames, nPixels, field, weights) {
      const column = { nFrames, height: nPixels, width: 1 };
      passes.compose(block, column, [{ kind: "fields", count: 1, fields: field, weights }]);
    },

    modulate(block, nFrames, nPixels, field, weights, swing) {
      const column = { nFrames, height: nPixels, width: 1 };
      passes.compose(block, column, [{ kind: "modulate", field, weights, swing }]);
    },

    translate(source, shape, target, window, motion) {
      passes.expose(source, shape, window, motion, [], target);
    },

    digitize: passes.digitize,

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
