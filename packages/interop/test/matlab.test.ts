// MATLAB 7.3: arrays lie reversed in the file, sparse matrices are groups.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ready } from "h5wasm/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { format } from "../src/matlab/index.ts";
import { images, makeFile } from "./hdf5-parts.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "minisim-matlab-"));
  await ready;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

// Height 2, width 3, two units, four frames. As images: unit 0 lights (1, 0), unit 1 lights (0, 2) and (1, 2).
const IMAGES = [
  [0, 0, 0, 7, 0, 0],
  [0, 0, 8, 0, 0, 9],
];
const DOWN_COLUMNS = Float64Array.of(0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 8, 9);
// C(1, :) = 1 2 3 4, C(2, :) = 5 6 7 8, as MATLAB lays it out.
const TRACES = [Float64Array.of(1, 5, 2, 6, 3, 7, 4, 8), [4, 2]] as const;
const ROWS = { shape: [2, 4], data: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8) };
const make = (
  name: string,
  ...contents: Parameters<typeof makeFile> extends [string, ...infer R] ? R : never
) => makeFile(join(folder, name), ...contents);

describe("read", () => {
  test("MIN1PIPE: roifn, sigfn and spkfn, the image by pixh and pixw", async () => {
    const path = make("min1pipe.mat", {
      roifn: [DOWN_COLUMNS, [2, 6]],
      sigfn: TRACES,
      spkfn: TRACES,
      pixh: [Float64Array.of(2), [1, 1]],
      pixw: [Float64Array.of(3), [1, 1]],
    });
    const estimate = await format.readEstimate!(path);
    expect(estimate.footprints.canvas).toEqual({ height: 2, width: 3 });
    expect(images(estimate)).toEqual(IMAGES);
    expect(estimate.C).toEqual(ROWS);
    expect(estimate.S).toEqual(ROWS);
  });

  test("CNMF-E: a struct with sparse A and S, the image by the size of Cn", async () => {
    const path = make(
      "cnmfe.mat",
      {
        "neuron/A/data": [Float64Array.of(7, 8, 9), [3]],
        "neuron/A/ir": [BigUint64Array.of(1n, 4n, 5n), [3]],
        "neuron/A/jc": [BigUint64Array.of(0n, 1n, 3n), [3]],
        "neuron/C": TRACES,
        "neuron/S/data": [Float64Array.of(2, 3), [2]],
        "neuron/S/ir": [BigUint64Array.of(1n, 0n), [2]],
        "neuron/S/jc": [BigUint64Array.of(0n, 0n, 1n, 2n, 2n), [5]],
        "neuron/Cn": [new Float64Array(6), [3, 2]],
      },
      {
        "neuron/A": { MATLAB_sparse: BigUint64Array.of(6n) },
        "neuron/S": { MATLAB_sparse: BigUint64Array.of(2n) },
      },
    );
    const estimate = await format.readEstimate!(path);
    expect(images(estimate)).toEqual(IMAGES);
    expect(estimate.C).toEqual(ROWS);
    expect(estimate.S).toEqual({ shape: [2, 4], data: Float64Array.of(0, 0, 3, 0, 0, 2, 0, 0) });
  });

  test("images height × width × unit or unit × height × width: the traces decide", async () => {
    const last = make("last.mat", {
      A: [DOWN_COLUMNS, [2, 3, 2]],
      C: [new Float64Array(2), [1, 2]],
    });
    await expect(format.readEstimate!(last)).rejects.toThrow(
      "/A is 2 × 3 × 2, which can be unit × height × width or height × width × unit",
    );
    const axes = (footprint_axes: string) => ({ settings: { footprint_axes } });
    const estimate = await format.readEstimate!(last, axes("height_width_unit"));
    expect(images(estimate)).toEqual(IMAGES);
    // A(unit, y, x) of 2 × 2 × 3: x outermost in the file, then y, then the unit.
    const first = Float64Array.of(0, 0, 7, 0, 0, 0, 0, 0, 0, 8, 0, 9);
    const other = make("first.mat", { A: [first, [3, 2, 2]], C: TRACES });
    expect(images(await format.readEstimate!(other))).toEqual(IMAGES);
  });

  test("shifts are frames × 2, turned like everything", async () => {
    const path = make("shifts.mat", {
      A: [DOWN_COLUMNS, [2, 6]],
      shifts: [Float64Array.of(1, 2, 3, -1, -2, -3), [2, 3]],
    });
    const estimate = await format.readEstimate!(path, { settings: { height: 2, width: 3 } });
    expect(estimate.shifts).toEqual({ shape: [3, 2], data: Float64Array.of(1, -1, 2, -2, 3, -3) });
  });

  const recording = { shape: [4, 2, 3], fps: 20 } as const;
  // C as EXTRACT has it, frame × unit: unit after unit in the file.
  const BY_FRAMES = [Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8), [2, 4]] as const;

  test("EXTRACT: weights in space, height × width × unit, and in time, frame × unit", async () => {
    const path = make("extract.mat", {
      "output/spatial_weights": [DOWN_COLUMNS, [2, 3, 2]],
      "output/temporal_weights": BY_FRAMES,
      "output/config/avg_cell_radius": [Float64Array.of(5), [1, 1]],
    });
    for (const options of [{ recording }, { settings: { height: 2, width: 3 } }]) {
      const estimate = await format.readEstimate!(path, options);
      expect(images(estimate)).toEqual(IMAGES);
      expect(estimate.C).toEqual(ROWS);
      expect([estimate.S, estimate.shifts]).toEqual([null, null]);
      expect(estimate.notes).toEqual([]);
    }
  });

  test("EXTRACT empties what it rejects: left out, and said", async () => {
    const weights = new Float64Array(18);
    weights.set(DOWN_COLUMNS.subarray(0, 6));
    weights.set(DOWN_COLUMNS.subarray(6), 12);
    const path = make("rejected.mat", {
      "output/spatial_weights": [weights, [3, 3, 2]],
      "output/temporal_weights": [Float64Array.of(1, 2, 3, 4, 9, 9, 9, 9, 5, 6, 7, 8), [3, 4]],
    });
    const estimate = await format.readEstimate!(path, { recording });
    expect(images(estimate)).toEqual(IMAGES);
    expect(estimate.C).toEqual(ROWS);
    expect(estimate.notes).toEqual([
      "1 of 3 footprints are empty: EXTRACT rejected them, and they are left out.",
    ]);
  });

  test("a single unit, whose last axis MATLAB drops", async () => {
    const path = make("one.mat", {
      "output/spatial_weights": [DOWN_COLUMNS.slice(6), [3, 2]],
      "output/temporal_weights": [Float64Array.of(5, 6, 7, 8), [1, 4]],
    });
    const estimate = await format.readEstimate!(path, { recording });
    expect(images(estimate)).toEqual([IMAGES[1]]);
    expect(estimate.C).toEqual({ shape: [1, 4], data: Float64Array.of(5, 6, 7, 8) });
  });

  test("the first EXTRACT: filters and traces", async () => {
    const path = make("legacy.mat", {
      "extractAnalysisOutput/filters": [DOWN_COLUMNS, [2, 3, 2]],
      "extractAnalysisOutput/traces": TRACES,
    });
    const estimate = await format.readEstimate!(path, { recording });
    expect([images(estimate), estimate.C]).toEqual([IMAGES, ROWS]);
  });

  test("converters for CellReg: one variable of any name, unit × height × width", async () => {
    // A(unit, y, x): x outermost in the file, then y, then the unit.
    const first = Float64Array.of(0, 0, 7, 0, 0, 0, 0, 0, 0, 8, 0, 9);
    const path = make("cellreg.mat", { this_session_converted_footprints: [first, [3, 2, 2]] });
    const estimate = await format.readEstimate!(path, { recording });
    expect(images(estimate)).toEqual(IMAGES);
    expect(estimate.notes).toEqual([
      "Footprints are the only variable, this_session_converted_footprints.",
    ]);
  });

  test("the recording tells the size of flat footprints, and turns what is turned", async () => {
    const flat = make("flat.mat", { a: [DOWN_COLUMNS, [2, 6]], c: BY_FRAMES });
    const estimate = await format.readEstimate!(flat, { recording });
    expect([images(estimate), estimate.C]).toEqual([IMAGES, ROWS]);
    expect(estimate.notes).toEqual(["/c is frame × unit, and was turned."]);
    // A(x, y, unit) and A(unit, x, y).
    const byRows = Float64Array.from(IMAGES.flat());
    const wide = make("wide.mat", { A: [byRows, [2, 2, 3]] });
    const turned = await format.readEstimate!(wide, { recording });
    expect(images(turned)).toEqual(IMAGES);
    expect(turned.notes).toEqual(["Footprints are width × height × unit: the images were turned."]);
    const labels = make("labels.mat", { A: [Uint8Array.of(0, 1, 0, 0, 2, 2), [3, 2]] });
    expect(images(await format.readEstimate!(labels, { recording }))).toEqual(
      IMAGES.map((image) => image.map((value) => Number(value > 0))),
    );
  });

  test("empty footprints are an estimate without cells", async () => {
    const empty = { MATLAB_empty: Uint8Array.of(1) };
    for (const [name, A] of [
      ["none.mat", "A"],
      ["none-extract.mat", "output/spatial_weights"],
    ] as const) {
      const path = make(name, { [A]: [BigUint64Array.of(0n, 0n), [2]] }, { [A]: empty });
      const estimate = await format.readEstimate!(path, { recording });
      expect(estimate.footprints).toMatchObject({ length: 0, canvas: { height: 2, width: 3 } });
      expect(estimate.notes).toEqual([`/${A} is empty: nothing was found.`]);
    }
  });

  test("version 4, which has no mark, is known by its numbers", async () => {
    const path = join(folder, "version4.mat");
    for (const little of [true, false]) {
      const view = new DataView(new ArrayBuffer(22 + 16));
      const type = little ? 0 : 1000;
      for (const [i, number] of [type, 1, 2, 0, 2].entries()) view.setUint32(4 * i, number, little);
      view.setUint8(20, "A".charCodeAt(0));
      await writeFile(path, new Uint8Array(view.buffer));
      expect(await format.detect!(path)).toBe(true);
      await expect(format.readEstimate!(path)).rejects.toThrow(
        /version4\.mat is a MATLAB file of version 4, .* save\(…, '-v7\.3'\), .* np\.savez\(/,
      );
    }
    await writeFile(path, new Uint8Array(64));
    expect(await format.detect!(path)).toBe(false);
  });

  test.each<[string, Parameters<typeof make>[1], string]>([
    [
      "frames",
      { A: [DOWN_COLUMNS, [2, 6]], C: [new Float64Array(40), [20, 2]] },
      "/C has 20 frames, the recording 4",
    ],
    ["images", { A: [new Float64Array(200), [1, 20, 10]] }, "/A has images of 10 × 20 px, larger"],
  ])(
    "%s larger than the recording's are refused before they are read",
    async (name, contents, message) => {
      const path = make(`large-${name}.mat`, contents);
      await expect(
        format.readEstimate!(path, {
          recording,
          settings: { footprint_axes: name === "images" ? "height_width_unit" : "auto" },
        }),
      ).rejects.toThrow(`${path}: ${message}`);
    },
  );

  test("an older file says how to save it", async () => {
    const path = join(folder, "old.mat");
    await writeFile(path, `MATLAB 5.0 MAT-file, Platform: GLNXA64${" ".repeat(100)}`);
    expect(await format.detect!(path)).toBe(true);
    await expect(format.readEstimate!(path)).rejects.toMatchObject({
      code: "unsupported",
      message: expect.stringMatching(
        /old\.mat is a MATLAB file of version 5, .* save\(…, '-v7\.3'\), .* np\.savez\(/,
      ),
    });
  });

  test("an object of a class is refused with what to do", async () => {
    const attributes = { neuron: { MATLAB_class: "Sources2D" } };
    const path = make(
      "object.mat",
      { neuron: [Uint32Array.of(0xdd000000, 2), [1, 2]] },
      attributes,
    );
    await expect(format.readEstimate!(path)).rejects.toThrow(
      `${path}: /neuron is a MATLAB object; save it as a struct`,
    );
  });

  const sparse = (changes: Record<string, readonly [ArrayBufferView, readonly number[]]>) => ({
    "A/data": [Float64Array.of(7), [1]] as const,
    "A/ir": [BigUint64Array.of(1n), [1]] as const,
    "A/jc": [BigUint64Array.of(0n, 1n), [2]] as const,
    pixh: [Float64Array.of(2), [1, 1]] as const,
    pixw: [Float64Array.of(3), [1, 1]] as const,
    ...changes,
  });
  test.each([
    [
      "no footprints",
      { C: TRACES },
      {},
      "/ holds no footprints (A, roifn, spatial_weights, filters)",
    ],
    [
      "no size",
      { A: [DOWN_COLUMNS, [2, 6]] as const },
      {},
      "/A is pixels × units without the size of the image",
    ],
    [
      "too few pixels",
      sparse({}),
      { A: { MATLAB_sparse: BigUint64Array.of(5n) } },
      "/A is 5 × 1, where 6 pixels (2 × 3)",
    ],
    [
      "an absurd size",
      sparse({ pixh: [Float64Array.of(1e9), [1, 1]] }),
      { A: { MATLAB_sparse: BigUint64Array.of(6n) } },
      "/pixh is no height and width",
    ],
    [
      "falling pointers",
      sparse({ "A/jc": [BigUint64Array.of(0n, 3n), [2]] }),
      { A: { MATLAB_sparse: BigUint64Array.of(6n) } },
      "/A/jc does not divide 1 values",
    ],
    [
      "a huge sparse S",
      { ...sparse({}), "S/jc": [new BigUint64Array(2), [2]] as const },
      {
        A: { MATLAB_sparse: BigUint64Array.of(6n) },
        S: { MATLAB_sparse: BigUint64Array.of(1n << 50n) },
      },
      "/S claims 1125899906842624 units",
    ],
  ])("%s: the error says where", async (name, contents, attributes, message) => {
    const path = make(`${name}.mat`, contents, attributes as Parameters<typeof makeFile>[2]);
    await expect(format.readEstimate!(path)).rejects.toThrow(`${path}: ${message}`);
  });
});
