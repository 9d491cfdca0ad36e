// The bits of every function and verb over fixed operands, by digest. They may change only with a deliberate
// MINISIM_UPDATE_GOLDEN=1, because they decide the bytes of recordings.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createKernels, gaussianTaps } from "@minisim/kernels";
import * as math from "@minisim/kernels/math";
import { expect, test } from "vitest";
import { values } from "./fixtures.ts";

const file = new URL("./golden.json", import.meta.url);

test("the bits are those of the committed digests", () => {
  const digests = { math: mathDigests(), verbs: verbDigests() };
  if (process.env.MINISIM_UPDATE_GOLDEN === "1") {
    writeFileSync(file, `${JSON.stringify(digests, null, 2)}\n`);
  }
  expect(digests).toEqual(JSON.parse(readFileSync(file, "utf8")));
});

function mathDigests(): Record<string, string> {
  const arguments_ = Array.from({ length: 4001 }, (_, i) => (i - 2000) / 64 + (i % 7) / 1024);
  const functions = math as unknown as Record<string, (x: number, y: number) => number>;
  return Object.fromEntries(
    Object.keys(functions)
      .sort()
      .map((name) => {
        const results = arguments_.map((x, i) => functions[name]!(x, arguments_[(i * 29) % 4001]!));
        return [name, digest(withOneNaN(results))];
      }),
  );
}

function verbDigests(): Record<string, string> {
  const kernels = createKernels();
  const arena = kernels.arena();
  const shape = { nFrames: 3, height: 37, width: 45 };
  const nPixels = shape.height * shape.width;
  const block = arena.f32(3 * nPixels).set(values(3 * nPixels, 1, 0, 4));
  const field = arena.f32(nPixels).set(values(nPixels, 2));
  const weights = arena.f32(3).set([0.1, 0.7, 1.3]);
  const out: Record<string, string> = {};

  const window = { rows: 37, cols: 45, rowStart: -18, colStart: -22 };
  const noise = arena.f32(nPixels);
  kernels.normals(noise, window, [7, 9]);
  out.normals = digest(noise.view());

  const patches = {
    count: 2,
    table: arena.i32(8).set([0, 1, 9, 14, 20, 5, 17, 33]),
    starts: arena.i32(2).set([0, 126]),
    data: arena.f32(687).set(values(687, 3)),
  };
  kernels.accumulatePatches(block, shape, patches, arena.f32(6).set(values(6, 4)));
  out.accumulatePatches = digest(block.view());
  kernels.accumulateField(block, 3, nPixels, field, weights);
  out.accumulateField = digest(block.view());
  kernels.modulate(block, 3, nPixels, field, weights);
  out.modulate = digest(block.view());

  const crop = { top: 3, left: 4, height: 30, width: 35 };
  const shifted = arena.f32(3 * 1050);
  kernels.translate(block, shape, shifted, crop, [0.3, -1.7, 2, 5, -0.25, 0]);
  out.translate = digest(shifted.view());
  const displaced = arena.f32(3 * 1050);
  const nodes = Float64Array.from(values(2 * 3 * 63, 5, -3, 3));
  kernels.translate(block, shape, displaced, crop, { spacing_px: 9, nodes });
  out.displace = digest(displaced.view());

  const { taps } = gaussianTaps(1.7);
  const blurred = arena.f32(nPixels);
  const whole = { top: 0, left: 0, height: 37, width: 45 };
  kernels.blur(block, shape, arena.f32(taps.length).set(taps), blurred, whole, "nearest");
  out.blur = digest(blurred.view());

  const response = {
    electrons_per_unit: 70,
    dark_e: 0,
    read_noise_e: 2,
    full_well_e: Number.POSITIVE_INFINITY,
    counts_per_e: 1.5,
    black_counts: 0,
    max_count: 1023,
  };
  const counts = arena.u16(3 * 1050);
  const frames = arena.i32(3).set([0, 1, 4000]);
  const sensor = { frameNumbers: frames, key: [7, 9], response } as const;
  kernels.digitize(shifted, 3, 1050, sensor, counts);
  out.digitize = digest(counts.view());
  return out;
}

/** WebAssembly leaves the payload of a NaN open. */
function withOneNaN(results: number[]): Float64Array {
  return Float64Array.from(results, (x) => (Number.isNaN(x) ? Number.NaN : x));
}

function digest(array: ArrayBufferView): string {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  return createHash("sha256").update(bytes).digest("hex");
}
