// Results of other tools in plain HDF5: their names, sparse footprints, minian's dataset; and what keeps our own files from silent damage.
import { readFile, writeFile } from "node:fs/promises";
import { type ReadContext, readEstimate, type Settings } from "@minisim/interop";
import { Dataset, type File, Group, File as H5File, ready } from "h5wasm/node";
import { beforeAll, describe, expect, test } from "vitest";
import { format as caiman } from "../src/caiman/index.ts";
import { format as hdf5 } from "../src/hdf5/index.ts";
import { format as nwb } from "../src/nwb/index.ts";
import { temporaryFolder } from "./folder.ts";
import { makeSource } from "./hdf5-make.ts";
import { images, makeFile } from "./hdf5-parts.ts";

const at = temporaryFolder();
beforeAll(() => ready);

const recording: ReadContext = { shape: [5, 2, 3], fps: 20 };
const read = (path: string, settings?: Settings, of: ReadContext | null = recording) =>
  readEstimate(path, { ...(settings && { settings }), ...(of && { recording: of }) });

const first = [0, 7, 0, 0, 8, 0];
const second = [0, 0, 1, 0, 0, 2];
const A = [Float64Array.from([...first, ...second]), [2, 2, 3]] as const;
const C = [Float64Array.from({ length: 10 }, (_, i) => i), [2, 5]] as const;

describe("names", () => {
  test.each([
    ["A", "C"],
    ["footprints", "traces"],
    ["a", "c"],
    ["Footprints", "Traces"],
  ])("%s and %s", async (footprints, traces) => {
    const path = makeFile(at(`${footprints}.h5`), { [footprints]: A, [traces]: C });
    const estimate = await read(path);
    expect(images(estimate)).toEqual([first, second]);
    expect([...estimate.C!.data]).toEqual([...C[0]]);
    expect(estimate.notes).toEqual([]);
  });

  test("Inscopix' footprints, which say little else, need no traces", async () => {
    const path = makeFile(at("only.h5"), { footprints: A });
    const estimate = await read(path);
    expect(images(estimate)).toEqual([first, second]);
    expect(estimate.C).toBeNull();
  });

  test("a single dataset of images needs no name", async () => {
    const path = makeFile(at("single.h5"), { "/cells": A });
    expect(images(await readEstimate(path, { format: "hdf5", recording }))).toEqual([
      first,
      second,
    ]);
  });
});

describe("sparse footprints", () => {
  // Pixels × units by columns; units × pixels by rows: the same numbers, pixels numbered along the rows here.
  const parts = {
    "A/data": [Float64Array.of(7, 8, 1, 2), [4]],
    "A/indices": [Int32Array.of(1, 4, 2, 5), [4]],
    "A/indptr": [Int32Array.of(0, 2, 4), [3]],
    C,
  } as const;

  test.each([
    ["by columns", [6, 2], "C"],
    ["by rows", [2, 6], "C"],
  ] as const)("%s", async (name, shape, pixel_order) => {
    const path = makeFile(at(`sparse ${name}.h5`), {
      ...parts,
      "A/shape": [Int32Array.from(shape), [2]],
    });
    expect(images(await read(path, { pixel_order }))).toEqual([first, second]);
  });

  test("that contradict themselves are named", async () => {
    const path = makeFile(at("beyond.h5"), {
      ...parts,
      "A/indices": [Int32Array.of(1, 4, 2, 6), [4]],
      "A/shape": [Int32Array.of(6, 2), [2]],
    });
    await expect(read(path)).rejects.toThrow(path);
  });
});

describe("minian's dataset as one file", () => {
  const dataset = {
    A,
    C,
    unit_id: [Int32Array.of(0, 1), [2]],
    motion: [Float64Array.from({ length: 10 }, (_, i) => i + 1), [5, 2]],
  } as const;

  test("motion is the correction, and labels decide", async () => {
    const path = makeFile(at("minian.nc"), {
      ...dataset,
      unit_labels: [Int32Array.of(-1, 0), [2]],
    });
    const estimate = await read(path);
    expect(images(estimate)).toEqual([second]);
    expect([...estimate.C!.data]).toEqual([5, 6, 7, 8, 9]);
    expect([...estimate.shifts!.data]).toEqual([...dataset.motion[0]].map((value) => -value));
    expect(estimate.notes).toEqual([expect.stringContaining("1 of 2 units were thrown away")]);
    const all = await read(path, { components: "all" });
    expect(images(all)).toEqual([first, second]);
  });

  test("motion of patches is not scored, labels must be as many as units", async () => {
    const patches = makeFile(at("patches.nc"), {
      ...dataset,
      motion: [new Float64Array(40), [5, 2, 2, 2]],
    });
    const { shifts, notes } = await read(patches);
    expect(shifts).toBeNull();
    expect(notes).toEqual([expect.stringContaining("no single trajectory")]);
    const short = makeFile(at("short.nc"), { ...dataset, unit_labels: [Int32Array.of(1), [1]] });
    await expect(read(short)).rejects.toThrow(`${short}: /unit_labels has 1 labels for 2 units`);
  });
});

test("more frames or pixels than the recording's are refused before they are read", async () => {
  const path = makeFile(at("large.h5"), { A, C });
  await expect(read(path, {}, { shape: [4, 2, 3], fps: 20 })).rejects.toThrow(
    `${path}: C has 5 frames, the recording 4`,
  );
  await expect(read(path, {}, { shape: [5, 2, 2], fps: 20 })).rejects.toThrow(
    /A is \(2, 2, 3\), which has images of 2 × 3 px, larger than the recording's/,
  );
});

describe("files of our own", () => {
  const formats = { hdf5, nwb, caiman };
  const FLETCHER32 = 3;
  const DEFLATE = 1;

  test.each(Object.keys(formats))("every chunk of %s has a checksum", async (name) => {
    const path = at(`checked-${name}.h5`);
    await formats[name as keyof typeof formats].write!(makeSource(), path, {});
    const file = new H5File(path, "r");
    const checked: string[] = [];
    try {
      for (const [dataset, place] of datasetsOf(file)) {
        const { shape, total_size, vlen } = dataset.metadata;
        if (!shape?.length || total_size === 0 || vlen || isText(dataset)) continue;
        const filters = dataset.filters.map(({ id }) => id);
        expect([place, filters]).toEqual([
          place,
          filters.includes(DEFLATE) ? [DEFLATE] : [FLETCHER32],
        ]);
        checked.push(place);
      }
    } finally {
      file.close();
    }
    expect(checked.length).toBeGreaterThan(3);
  });

  test("damage to values is told, with the file and the place", async () => {
    const path = at("own.h5");
    await hdf5.write!(makeSource(), path, {});
    const bytes = await readFile(path);
    const { C } = await makeSource().truth();
    const inside = bytes.indexOf(Buffer.from(C.data.buffer, C.data.byteOffset, 64));
    expect(inside).toBeGreaterThan(0);
    bytes[inside + 13]! ^= 1;
    await writeFile(path, bytes);
    await expect(readEstimate(path)).rejects.toThrow(
      `${path}: /ground_truth/C does not hold together`,
    );
  });

  const isText = (dataset: Dataset) => dataset.metadata.type === 3;

  function* datasetsOf(group: File | Group, path = ""): Generator<[Dataset, string]> {
    for (const key of group.keys()) {
      const found = group.get(key);
      if (found instanceof Group) yield* datasetsOf(found, `${path}/${key}`);
      else if (found instanceof Dataset) yield [found, `${path}/${key}`];
    }
  }
});
