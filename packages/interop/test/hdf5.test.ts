// Plain HDF5, written and read back through the library itself.
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Dataset, File, ready } from "h5wasm/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { format } from "../src/hdf5/index.ts";
import { bare, FRAMES, frame, HEIGHT, makeSource, makeTruth, UNITS, WIDTH } from "./hdf5-make.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "minisim-hdf5-"));
  await ready;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const write = async (name: string, options = {}, settings = {}) => {
  const path = join(folder, name);
  await format.write!(makeSource(options), path, { settings, force: true });
  return path;
};
const opened = <T>(path: string, use: (file: File) => T): T => {
  const file = new File(path, "r");
  try {
    return use(file);
  } finally {
    file.close();
  }
};
const values = (file: File, name: string) => (file.get(name) as Dataset).value as Float64Array;

describe("write", () => {
  test.each(["uint8", "uint16", "float32"] as const)(
    "a movie of %s reads back exactly",
    async (container) => {
      const path = await write("movie.hdf5", { container }, { truth: false });
      opened(path, (file) => {
        const mov = file.get("mov") as Dataset;
        expect(mov.shape).toEqual([FRAMES, HEIGHT, WIDTH]);
        const size = HEIGHT * WIDTH;
        for (let t = 0; t < FRAMES; t++) {
          expect((mov.value as Float64Array).subarray(t * size, (t + 1) * size)).toEqual(
            frame(t, { container }),
          );
        }
        expect(Object.keys(mov.attrs).sort()).toEqual(["fr", "start_time"]);
        expect(mov.attrs.fr!.value).toBe(20);
        expect(file.keys()).toEqual(["mov", "spec"]);
      });
    },
  );

  test("every field of the truth is there by its name, exactly", async () => {
    const truth = makeTruth();
    const path = await write("truth.hdf5", { truth });
    opened(path, (file) => {
      for (const { name, shape, array } of truth.fields.values()) {
        expect((file.get(`ground_truth/${name}`) as Dataset).shape).toEqual(shape);
        expect(values(file, `ground_truth/${name}`)).toEqual(array.data);
      }
      expect(values(file, "ground_truth/A_observed")).toEqual(truth.A_observed.data);
      expect(values(file, "ground_truth/spike_times_s/data")).toEqual(truth.spike_times_s.data);
      expect(values(file, "ground_truth/planted/data")).toEqual(truth.planted.data);
    });
  });

  test("the same recording makes the same bytes, whenever it is written", async () => {
    const sums = [];
    for (const name of ["one.hdf5", "two.hdf5"]) {
      const path = await write(name);
      sums.push(
        createHash("sha256")
          .update(await readFile(path))
          .digest("hex"),
      );
      // HDF5 counts seconds.
      await new Promise((resolve) => setTimeout(resolve, 1100));
    }
    expect(sums[0]).toBe(sums[1]);
  });

  test("a recording without units or frames is written, too", async () => {
    const all = makeTruth(bare);
    const path = await write("none.hdf5", { truth: all.subset([]), shape: [0, HEIGHT, WIDTH] });
    opened(path, (file) => {
      expect((file.get("mov") as Dataset).shape).toEqual([0, HEIGHT, WIDTH]);
      expect((file.get("ground_truth/C") as Dataset).shape).toEqual([0, FRAMES]);
    });
  });

  test("what exists is left as it is, and an abort leaves nothing", async () => {
    const path = join(folder, "there.hdf5");
    await writeFile(path, "mine");
    await expect(format.write!(makeSource(), path, {})).rejects.toMatchObject({ code: "foreign" });
    expect(await readFile(path, "utf8")).toBe("mine");
    const aborted = join(folder, "aborted.hdf5");
    const stop = new AbortController();
    const onProgress = () => stop.abort(new Error("stopped"));
    const { signal } = stop;
    await expect(format.write!(makeSource(), aborted, { signal, onProgress })).rejects.toThrow(
      "stopped",
    );
    await expect(readFile(aborted)).rejects.toThrow("ENOENT");
    await expect(readFile(`${aborted}.partial`)).rejects.toThrow("ENOENT");
  });
});

describe("read", () => {
  const make = (name: string, arrays: Record<string, [ArrayBufferView, number[]]>) => {
    const path = join(folder, name);
    const file = new File(path, "w");
    for (const [key, [data, shape]] of Object.entries(arrays)) {
      file.create_dataset({ name: key, data: data as Float64Array, shape });
    }
    file.close();
    return path;
  };

  test("our own truth comes back as an estimate, known by its content", async () => {
    const truth = makeTruth();
    const path = await write("ours.hdf5", { truth });
    expect(await format.detect!(path)).toBe(true);
    expect(await format.detect!(await write("movie-only.hdf5", {}, { truth: false }))).toBe(false);
    const estimate = await format.readEstimate!(path);
    expect(estimate.footprints.canvas).toEqual({ height: HEIGHT, width: WIDTH });
    expect(estimate.footprints.length).toBe(UNITS);
    expect(estimate.C!.data).toEqual(truth.C.data);
    expect(estimate.S!.data).toEqual(truth.S.data);
    expect(estimate.shifts!.data).toEqual(truth.shifts!.data);
    const { row, col, height, width, data } = estimate.footprints.at(1);
    // Planted at (3, 5); the field of view begins at (1, 2).
    expect({ row, col, height, width }).toEqual({ row: 2, col: 3, height: 2, width: 5 });
    expect(Float32Array.from(data)).toEqual(truth.planted.at(1).data);
  });

  test("arrays lie in any group", async () => {
    const path = join(folder, "grouped.h5");
    const file = new File(path, "w");
    file.create_group("results");
    file.create_dataset({
      name: "results/A",
      data: Float32Array.of(0, 0, 3, 0, 0, 0),
      shape: [1, 2, 3],
    });
    file.create_dataset({ name: "results/C", data: Float32Array.of(1, 2), shape: [1, 2] });
    file.close();
    const { footprints } = await format.readEstimate!(path, { settings: { group: "results" } });
    expect(footprints.at(0)).toMatchObject({ row: 0, col: 2, height: 1, width: 1 });
  });

  test("damage and nonsense are named with the file and the place", async () => {
    const whole = await write("whole.hdf5");
    const cut = join(folder, "cut.hdf5");
    await writeFile(cut, await readFile(whole));
    await truncate(cut, 3000);
    await expect(format.readEstimate!(cut)).rejects.toMatchObject({
      code: "malformed",
      message: expect.stringMatching(/cut\.hdf5 is damaged: .*truncated/),
    });
    const text = join(folder, "text.hdf5");
    await writeFile(text, "no HDF5 at all");
    await expect(format.readEstimate!(text)).rejects.toThrow(`${text} is not an HDF5 file.`);
    await expect(format.readEstimate!(join(folder, "absent.h5"))).rejects.toMatchObject({
      code: "missing",
    });
    const noA = make("no-a.h5", { C: [new Float64Array(4), [2, 2]] });
    await expect(format.readEstimate!(noA)).rejects.toThrow(`${noA}: there is no array A`);
    const strings = join(folder, "strings.h5");
    const file = new File(strings, "w");
    file.create_dataset({ name: "A", data: ["x", "y"] });
    file.close();
    await expect(format.readEstimate!(strings)).rejects.toThrow(
      `${strings}: /A does not hold integers or floats`,
    );
  });

  test("a size that the file cannot hold is refused before it is read", async () => {
    const path = join(folder, "hostile.h5");
    const file = new File(path, "w");
    const huge = file.create_dataset({
      name: "A",
      data: new Float64Array(0),
      shape: [0, 1 << 20, 1 << 20],
      maxshape: [null, 1 << 20, 1 << 20],
      chunks: [1, 64, 64],
    });
    huge.resize([1000, 1 << 20, 1 << 20]);
    file.close();
    await expect(format.readEstimate!(path)).rejects.toThrow(
      /\/A claims \d+ bytes, which a file of \d+ cannot hold/,
    );
  });
});
