// CaImAn's layout: written from the truth, and read with its traps.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Dataset, File, ready } from "h5wasm/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { format } from "../src/caiman/index.ts";
import { bare, FRAMES, HEIGHT, makeSource, makeTruth, UNITS, WIDTH } from "./hdf5-make.ts";
import { images, imagesOf, makeFile } from "./hdf5-parts.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "minisim-caiman-"));
  await ready;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const write = async (name: string, truth = makeTruth()) => {
  const path = join(folder, name);
  await format.write!(makeSource({ truth }), path, {});
  return path;
};

// Height 2, width 3. Unit 0: pixel (1, 0), number 1. Unit 1: (0, 2) and (1, 2), numbers 4 and 5.
const small = {
  dims: [BigInt64Array.of(2n, 3n), [2]],
  "estimates/A/data": [Float64Array.of(7, 8, 9), [3]],
  "estimates/A/indices": [Int32Array.of(1, 4, 5), [3]],
  "estimates/A/indptr": [Int32Array.of(0, 1, 3), [3]],
  "estimates/A/shape": [BigInt64Array.of(6n, 2n), [2]],
  "estimates/C": [Float64Array.of(1, 2, 3, 4), [2, 2]],
  "estimates/S": "NoneType",
  "estimates/shifts": [new Float64Array(0), [0]],
  "estimates/idx_components": "NoneType",
} as const;
type Contents = Parameters<typeof makeFile>[1];
const variant = (name: string, changes: Contents, without: readonly string[] = []) => {
  const kept = Object.entries({ ...small, ...changes }).filter(([key]) => !without.includes(key));
  return makeFile(join(folder, name), Object.fromEntries(kept));
};

describe("write", () => {
  test("the truth comes back as it was", async () => {
    const truth = makeTruth();
    const path = await write("truth.hdf5", truth);
    expect(await format.detect!(path)).toBe(true);
    const estimate = await format.readEstimate!(path);
    expect(estimate.footprints.canvas).toEqual({ height: HEIGHT, width: WIDTH });
    expect(images(estimate)).toEqual(imagesOf(truth.A_observed));
    expect(estimate.C).toEqual({ shape: [UNITS, FRAMES], data: truth.C.data });
    expect(estimate.S).toEqual({ shape: [UNITS, FRAMES], data: truth.S.data });
    expect(estimate.shifts).toEqual({ shape: [FRAMES, 2], data: truth.shifts!.data });
    expect(estimate.background_light).toEqual({
      spatial: { shape: truth.neuropil_spatial!.shape, data: truth.neuropil_spatial!.data },
      temporal: { shape: truth.neuropil_temporal!.shape, data: truth.neuropil_temporal!.data },
    });
  });

  test("pixels are numbered down the columns, shifts are what undoes them", async () => {
    const truth = makeTruth();
    const file = new File(await write("order.hdf5", truth), "r");
    const get = (name: string) => (file.get(name) as Dataset).value;
    expect(get("dims")).toEqual(BigInt64Array.of(BigInt(HEIGHT), BigInt(WIDTH)));
    expect(get("estimates/A/shape")).toEqual(
      BigInt64Array.of(BigInt(HEIGHT * WIDTH), BigInt(UNITS)),
    );
    // Unit 1 lies at (2, 3), 2 × 5: its first column is pixels 2 and 3 of column 3.
    const first = (get("estimates/A/indptr") as Int32Array)[1]!;
    expect((get("estimates/A/indices") as Int32Array).slice(first, first + 3)).toEqual(
      Int32Array.of(3 * HEIGHT + 2, 3 * HEIGHT + 3, 4 * HEIGHT + 2),
    );
    expect((get("estimates/shifts") as Float64Array)[0]).toBe(-truth.shifts!.data[0]!);
    const { data } = truth.neuropil_spatial!;
    // Row of pixel (1, 2), both components.
    expect(
      (get("estimates/b") as Float64Array).slice(2 * (2 * HEIGHT + 1), 2 * (2 * HEIGHT + 1) + 2),
    ).toEqual(Float64Array.of(data[WIDTH + 2]!, data[HEIGHT * WIDTH + WIDTH + 2]!));
    expect(get("estimates/YrA")).toBe("NoneType");
    file.close();
  });

  test("what no step left is None", async () => {
    const estimate = await format.readEstimate!(await write("bare.hdf5", makeTruth(bare)));
    expect(estimate.shifts).toBeNull();
    expect(estimate.background_light).toBeNull();
    expect(estimate.C!.shape).toEqual([UNITS, FRAMES]);
  });

  test("a recording without cells is a file without components", async () => {
    const estimate = await format.readEstimate!(await write("empty.hdf5", makeTruth().subset([])));
    expect(estimate.footprints.length).toBe(0);
    expect(estimate.C!.shape).toEqual([0, FRAMES]);
  });
});

describe("read", () => {
  test("pixels go where CaImAn means them", async () => {
    const estimate = await format.readEstimate!(variant("small.hdf5", {}));
    expect(images(estimate)).toEqual([
      [0, 0, 0, 7, 0, 0],
      [0, 0, 8, 0, 0, 9],
    ]);
    expect(estimate.S).toBeNull();
    expect(estimate.shifts).toBeNull();
  });

  test("accepted components alone, unless all are asked for", async () => {
    const path = variant("judged.hdf5", {
      "estimates/idx_components": [BigInt64Array.of(1n), [1]],
    });
    const accepted = await format.readEstimate!(path);
    expect(images(accepted)).toEqual([[0, 0, 8, 0, 0, 9]]);
    expect(accepted.C).toEqual({ shape: [1, 2], data: Float64Array.of(3, 4) });
    const all = await format.readEstimate!(path, { settings: { components: "all" } });
    expect(all.footprints.length).toBe(2);
    const none = variant("none.hdf5", { "estimates/idx_components": [new Float64Array(0), [0]] });
    expect((await format.readEstimate!(none)).footprints.length).toBe(0);
  });

  const IMAGES = [
    [0, 0, 0, 7, 0, 0],
    [0, 0, 8, 0, 0, 9],
  ];
  const list = (...values: number[]) => [Int32Array.from(values), [values.length]] as const;

  test("what a person accepted and rejected comes on top of what CaImAn judged", async () => {
    const judged = async (name: string, lists: Contents) => {
      const file = variant(`${name}.hdf5`, lists);
      return images(await format.readEstimate!(file));
    };
    const at = (name: string) => `estimates/${name}`;
    expect(
      await judged("added", { [at("idx_components")]: list(1), [at("accepted_list")]: list(0) }),
    ).toEqual([IMAGES[1], IMAGES[0]]);
    expect(
      await judged("taken", { [at("idx_components")]: list(0, 1), [at("rejected_list")]: list(0) }),
    ).toEqual([IMAGES[1]]);
    expect(await judged("alone", { [at("accepted_list")]: list(1) })).toEqual([IMAGES[1]]);
    expect(await judged("only bad", { [at("idx_components_bad")]: list(0) })).toEqual([IMAGES[1]]);
    // Nobody looked: CaImAn's interface leaves empty lists.
    const untouched = { [at("accepted_list")]: list(), [at("rejected_list")]: list() };
    expect(await judged("untouched", untouched)).toEqual(IMAGES);
  });

  test("accepted components as flags, as NumPy's masks are", async () => {
    const flags = fileURLToPath(new URL("fixtures/caiman-flags.hdf5", import.meta.url));
    const estimate = await format.readEstimate!(flags);
    expect(images(estimate)).toEqual([IMAGES[1]]);
    expect(estimate.C).toEqual({ shape: [1, 2], data: Float64Array.of(3, 4) });
    expect(estimate.notes).toEqual([
      "CaImAn accepts 1 of 2 components (the setting components: all takes all).",
    ]);
  });

  test("shifts of patches are no trajectory: the rest is read, and it is said", async () => {
    const patches = [new Float64Array(2 * 2 * 9), [2, 2, 9]] as const;
    const path = variant("pw_rigid.hdf5", { "estimates/shifts": patches });
    const estimate = await format.readEstimate!(path);
    expect(images(estimate)).toEqual(IMAGES);
    expect(estimate.shifts).toBeNull();
    expect(estimate.notes).toEqual([expect.stringMatching(/9 patches \(pw_rigid\).*not scored/)]);
  });

  test("dense footprints, compressed rows, and units × pixels", async () => {
    const sparse = ["data", "indices", "indptr", "shape"].map((part) => `estimates/A/${part}`);
    const dense = Float64Array.of(0, 0, 7, 0, 0, 0, 0, 0, 0, 8, 0, 9);
    const asArray = variant("dense.hdf5", { "estimates/A": [dense, [6, 2]] }, sparse);
    expect(images(await format.readEstimate!(asArray))).toEqual(IMAGES);
    const rows = variant("csr.hdf5", {
      "estimates/A/indices": list(0, 1, 1),
      "estimates/A/indptr": list(0, 0, 1, 1, 1, 2, 3),
    });
    expect(images(await format.readEstimate!(rows))).toEqual(IMAGES);
    const turned = variant("turned.hdf5", {
      "estimates/A/shape": [BigInt64Array.of(2n, 6n), [2]],
      "estimates/A/indptr": list(0, 1, 3),
    });
    expect(images(await format.readEstimate!(turned))).toEqual(IMAGES);
  });

  test("the recording tells the size where the file does not", async () => {
    const path = variant("no-dims.hdf5", {}, ["dims"]);
    const recording = { shape: [2, 2, 3], fps: 20 } as const;
    expect(images(await format.readEstimate!(path, { recording }))).toEqual(IMAGES);
  });

  test("results of a movie whose rows and columns were exchanged are turned back", async () => {
    // As CaImAn sees an NWB movie: 3 high, 2 wide.
    const path = variant("exchanged.hdf5", {
      dims: list(3, 2),
      "estimates/shifts": [Float64Array.of(1, 2, 3, 4), [2, 2]],
    });
    const recording = { shape: [2, 2, 3], fps: 20 } as const;
    const estimate = await format.readEstimate!(path, { recording });
    const asItIs = await format.readEstimate!(path);
    expect(estimate.footprints.canvas).toEqual({ height: 2, width: 3 });
    const turned = images(asItIs).map((image) =>
      image.map((_, i) => image[(i % 3) * 2 + Math.floor(i / 3)]!),
    );
    expect(images(estimate)).toEqual(turned);
    expect(asItIs.shifts!.data).toEqual(Float64Array.of(-1, -2, -3, -4));
    expect(estimate.shifts!.data).toEqual(Float64Array.of(-2, -1, -4, -3));
    expect(estimate.notes).toEqual([
      "The images are 3 × 2 px, those of the recording 2 × 3: rows and columns were exchanged, in the shifts, too.",
    ]);
  });

  test("another frame rate than the recording's is said", async () => {
    const path = variant("rate.hdf5", { "params/data/fr": [Float64Array.of(30), []] });
    const notes = async (fps: number) =>
      (await format.readEstimate!(path, { recording: { shape: [2, 2, 3], fps } })).notes;
    expect(await notes(30.02)).toEqual([]);
    expect(await notes(20)).toEqual([
      "The frame rate that CaImAn was given (/params/data/fr) is 30 Hz, the recording has 20 Hz.",
    ]);
  });

  test.each<[string, Contents, string]>([
    [
      "more frames",
      { "estimates/C": [new Float64Array(20), [2, 10]] },
      "/estimates/C has 10 frames, the recording 2",
    ],
    [
      "a larger image",
      { dims: list(20, 30) },
      "/dims has images of 20 × 30 px, larger than the recording's",
    ],
    [
      "more values than places",
      { "estimates/A/data": [new Float64Array(13), [13]] },
      "/estimates/A/data has 13 values for 6 × 2 places",
    ],
  ])("%s than the recording has: refused before it is read", async (name, changes, message) => {
    const path = variant(`${name}.hdf5`, changes);
    const recording = { shape: [2, 2, 3], fps: 20 } as const;
    await expect(format.readEstimate!(path, { recording })).rejects.toThrow(`${path}: ${message}`);
  });

  test.each<[string, Contents, readonly string[], string]>([
    ["no indices", {}, ["estimates/A/indices"], "/estimates/A/indices is missing"],
    ["no dims", {}, ["dims"], "/dims is missing"],
    ["dims of text", { dims: "NoneType" }, [], "/dims is missing"],
    ["three dims", { dims: [Int32Array.of(2, 3, 4), [3]] }, [], "/dims has 3 dimensions"],
    ["absurd dims", { dims: [Float64Array.of(-2, 1e9), [2]] }, [], "/dims is no height and width"],
    [
      "dims of another image",
      { dims: [Int32Array.of(3, 3), [2]] },
      [],
      "/estimates/A/shape is 6 × 2, where 9 pixels",
    ],
    [
      "a pixel outside",
      { "estimates/A/indices": [Int32Array.of(1, 4, 6), [3]] },
      [],
      "/estimates/A/indices points to 6, where there are 6",
    ],
    [
      "text for numbers",
      { "estimates/A/data": "NoneType" },
      [],
      "/estimates/A/data does not hold integers",
    ],
    [
      "traces of others",
      { "estimates/C": [new Float64Array(6), [3, 2]] },
      [],
      "/estimates/C has traces of 3 units",
    ],
    [
      "a flat C",
      { "estimates/C": [new Float64Array(4), [4]] },
      [],
      "/estimates/C needs 2 (unit, frame) dimensions",
    ],
    [
      "a component that is not",
      { "estimates/idx_components": [Int32Array.of(2), [1]] },
      [],
      "/estimates/idx_components points to 2",
    ],
  ])("%s: the error says where", async (name, changes, without, message) => {
    const path = variant(`${name}.hdf5`, changes, without);
    await expect(format.readEstimate!(path)).rejects.toThrow(`${path}: ${message}`);
  });

  test("a file cut at any place is refused by name, never read as something else", async () => {
    const whole = await readFile(await write("whole.hdf5"));
    for (const part of [0.1, 0.5, 0.9, 0.999]) {
      const path = join(folder, `cut-${part}.hdf5`);
      await writeFile(path, whole.subarray(0, Math.floor(part * whole.length)));
      await expect(format.readEstimate!(path)).rejects.toMatchObject({
        name: "InteropError",
        code: "malformed",
        message: expect.stringContaining(path),
      });
    }
  });

  test("a file that was damaged is read anew once it is mended in place", async () => {
    const whole = await readFile(await write("to-mend.hdf5"));
    const path = join(folder, "mended.hdf5");
    await writeFile(path, whole);
    const sound = await format.readEstimate!(path);
    const outcomes = new Set<string>();
    for (let at = 600; at < whole.length; at += 397) {
      const struck = Buffer.from(whole);
      struck.fill(0xff, at, at + 8);
      await writeFile(path, struck);
      outcomes.add(
        await format.readEstimate!(path).then(
          () => "read",
          (error: Error) => error.name,
        ),
      );
      await writeFile(path, whole);
      const mended = await format.readEstimate!(path);
      expect(images(mended)).toEqual(images(sound));
      expect(mended.C).toEqual(sound.C);
    }
    expect([...outcomes].sort()).toEqual(["InteropError", "read"]);
  });
});
