// Spikes and traces that somebody has already, from every kind of file, and what is said of files that are not it.
import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { exportRecording, readEvents, readTraces } from "@minisim/interop";
import { activityEndings, activityOfBytes } from "@minisim/interop/web";
import { zipSync } from "fflate";
import { simulate, vary } from "minisim";
import { describe, expect, test } from "vitest";
import { encodeNpy, type NpyArray } from "../src/npy/array.ts";
import { temporaryFolder } from "./folder.ts";
import { smallSpec } from "./sources.ts";

const at = temporaryFolder();

async function text(name: string, content: string) {
  await writeFile(at(name), content);
  return at(name);
}

async function npy(name: string, array: NpyArray) {
  await writeFile(at(name), encodeNpy(array));
  return at(name);
}

async function npz(name: string, arrays: Readonly<Record<string, NpyArray>>) {
  const members = Object.entries(arrays).map(([key, array]) => [`${key}.npy`, encodeNpy(array)]);
  await writeFile(at(name), zipSync(Object.fromEntries(members)));
  return at(name);
}

const column = (data: NpyArray["data"]): NpyArray => ({ shape: [data.length], data });

describe("events", () => {
  const LISTS = [[0.5, 1.25], [], [0.75]];

  test.each([
    ["named", "cell,time_s\n0,0.5\n2,0.75\n0,1.25\n"],
    [
      "named otherwise, in any order, with more columns",
      "x;Time;Unit\n9;0.5;0\n9;0.75;2\n9;1.25;0\n",
    ],
    ["milliseconds", "neuron,time_ms\r\n0,500\r\n2,750\r\n0,1250\r\n"],
    ["without names", "0\t0.5\n2\t0.75\n0\t1.25"],
  ])("from a table: %s", async (_, content) => {
    expect(await readEvents(await text("spikes.csv", content))).toEqual(LISTS);
  });

  test("from JSON", async () => {
    expect(await readEvents(await text("spikes.json", JSON.stringify(LISTS)))).toEqual(LISTS);
  });

  test("from NumPy: pairs, columns as Brian has them, ends of cells, offsets", async () => {
    const pairs = { shape: [3, 2], data: Float64Array.of(0, 0.5, 2, 0.75, 0, 1.25) };
    expect(await readEvents(await npy("pairs.npy", pairs))).toEqual(LISTS);
    expect(await readEvents(await npz("pairs.npz", { any: pairs }))).toEqual(LISTS);
    const t = column(Float64Array.of(0.5, 0.75, 1.25));
    const brian = { t, i: column(BigInt64Array.of(0n, 2n, 0n)) };
    expect(await readEvents(await npz("brian.npz", brian))).toEqual(LISTS);
    const times = column(Float64Array.of(0.5, 1.25, 0.75));
    const ends = { spike_times: times, spike_times_index: column(Int32Array.of(2, 2, 3)) };
    expect(await readEvents(await npz("ends.npz", ends))).toEqual(LISTS);
    const offsets = { spike_times_s: times, offsets: column(Int32Array.of(0, 2, 2, 3)) };
    expect(await readEvents(await npz("offsets.npz", offsets))).toEqual(LISTS);
    const several = { first: pairs, second: { shape: [1, 2], data: Float64Array.of(1, 9) } };
    const path = await npz("several.npz", several);
    expect(await readEvents(path, { dataset: "second" })).toEqual([[], [9]]);
  });

  test("from the units of an NWB file: our own export comes back", async () => {
    const spike_times_s = [[0.0625, 0.25], [], [0.125]];
    const spec = vary(smallSpec(), { "steps.cell_activity.spike_times_s": spike_times_s });
    const recording = await simulate(spec);
    await exportRecording(recording, "nwb", at("session.nwb"));
    const lists = await readEvents(at("session.nwb"));
    expect(lists).toHaveLength(recording.ground_truth.n_units);
    // Units out of the field have no row; the places of times among samples are rounded.
    const { offsets, data } = recording.ground_truth.spike_times_s;
    const own = Array.from(lists, (_, cell) => [
      ...data.subarray(offsets[cell], offsets[cell + 1]),
    ]);
    expect(own.flat().length).toBeGreaterThan(0);
    expect(lists).toEqual(own);
  });

  test.each([
    ["a.csv", "cell,time\n0,0.5\n1,x\n", "does not hold 2 numbers in line 3."],
    ["a.csv", "cell,time\n0,0.5\n1\n", "does not hold 2 numbers in line 3."],
    ["a.csv", "cell,time\n-1,0.5\n", "has the cell -1; cells are counted from 0."],
    ["a.csv", "cell,time\n0.5,0.5\n", "has the cell 0.5; cells are counted from 0."],
    [
      "a.csv",
      "who,time\n0,0.5\n",
      "has no column cell, unit, neuron, cell_id, unit_id, neuron_id, id (it has who, time).",
    ],
    ["a.csv", "0,1,2\n", "has 3 columns; name them, or give cell and time alone."],
    ["a.json", "[[1], 2]", "is not a list of numbers for each cell: [[0.5, 1.25], [], …]."],
    ["a.json", "[[1]", "is no JSON."],
    ["a.npy", "no array", /a\.npy/],
  ])("%s with %j", async (name, content, sentence) => {
    const path = await text(name, content);
    const expected = typeof sentence === "string" ? `${path} ${sentence}` : sentence;
    await expect(readEvents(path)).rejects.toThrow(expected);
  });

  test("from no file that is known, and none that is there", async () => {
    await expect(readEvents(await text("spikes.doc", ""))).rejects.toThrow(
      `The ending of ${at("spikes.doc")} is none of those that are read here: .csv, .tsv, .json, .npy, .npz, .nwb.`,
    );
    await expect(readEvents(at("none.csv"))).rejects.toMatchObject({ code: "missing" });
    await expect(
      readEvents(
        await npz("x.npz", { a: column(Float64Array.of(1)), b: column(Float64Array.of(1)) }),
      ),
    ).rejects.toThrow(
      "has no array time_s, spike_times_s, spike_times, times, time, t (it has a, b).",
    );
  });
});

describe("traces", () => {
  const ROWS = [
    [0, 0.5, 1],
    [2, 2.5, 3],
  ];
  const matrix = { shape: [2, 3], data: Float32Array.of(0, 0.5, 1, 2, 2.5, 3) };

  test("from NumPy, cell × frame", async () => {
    expect(await readTraces(await npy("dff.npy", matrix))).toEqual(ROWS);
    expect(await readTraces(await npz("one.npz", { any: matrix }))).toEqual(ROWS);
    const both = await npz("both.npz", { dff: matrix, time: column(Float64Array.of(1)) });
    expect(await readTraces(both)).toEqual(ROWS);
  });

  test("from a table, a line for each frame; a column of the clock is left out", async () => {
    const lines = ["0,2", "0.5,2.5", "1,3"];
    expect(await readTraces(await text("plain.csv", lines.join("\n")))).toEqual(ROWS);
    const clocked = ["frame,A,B", ...lines.map((line, t) => `${t},${line}`)].join("\n");
    expect(await readTraces(await text("clocked.csv", clocked))).toEqual(ROWS);
  });

  test("that are none", async () => {
    const vector = await npy("vector.npy", column(Float64Array.of(1, 2)));
    await expect(readTraces(vector)).rejects.toThrow(
      `${vector} is an array of 1 dimensions, where cell × frame is needed.`,
    );
    const two = await npz("two.npz", { a: matrix, b: matrix });
    await expect(readTraces(two)).rejects.toThrow(
      `${two} has several arrays; say which with dataset (it has a, b).`,
    );
    const hole = await npy("hole.npy", { shape: [1, 2], data: Float64Array.of(1, Number.NaN) });
    await expect(readTraces(hole)).rejects.toThrow(`${hole} has the value NaN.`);
  });
});

describe("in memory, as a page reads what is dropped on it", () => {
  const inMemory = async (content: "events" | "traces", path: string) =>
    activityOfBytes(content, basename(path), new Uint8Array(await readFile(path)));
  const pairs = { shape: [3, 2], data: Float64Array.of(0, 0.5, 2, 0.75, 0, 1.25) };
  const dff = { shape: [2, 3], data: Float32Array.of(0, 0.5, 1, 2, 1.5, 0) };

  test("events are those that are read from a disk", async () => {
    const spike_times_s = [[0.0625, 0.25], [], [0.125]];
    const spec = vary(smallSpec(), { "steps.cell_activity.spike_times_s": spike_times_s });
    await exportRecording(await simulate(spec), "nwb", at("page.nwb"));
    const paths = [
      await text("page.csv", "cell,time_s\n0,0.5\n2,0.75\n0,1.25\n"),
      await text("page.json", "[[0.5, 1.25], [], [0.75]]"),
      await npy("page.npy", pairs),
      await npz("page.npz", { any: pairs }),
      at("page.nwb"),
    ];
    for (const path of paths) {
      const lists = await inMemory("events", path);
      expect(lists.flat().length, path).toBeGreaterThan(0);
      expect(lists, path).toEqual(await readEvents(path));
    }
  });

  test("traces are those that are read from a disk", async () => {
    const paths = [await npy("traces.npy", dff), await npz("traces.npz", { dff, other: pairs })];
    for (const path of paths)
      expect(await inMemory("traces", path), path).toEqual(await readTraces(path));
  });

  test.each([
    ["page.xlsx", "The ending of page.xlsx is none of those that are read here: .csv, .tsv"],
    ["page.npz", "page.npz is no whole ZIP file: "],
    ["page.npy", "page.npy "],
    ["page.nwb", "page.nwb is not an HDF5 file."],
  ])("says what is wrong with %s", async (name, sentence) => {
    await expect(activityOfBytes("events", name, new Uint8Array(40))).rejects.toThrow(sentence);
  });

  test("says what is wrong with an HDF5 file without units", async () => {
    const path = at("recording.h5");
    await exportRecording(await simulate(smallSpec()), "hdf5", path);
    const bytes = new Uint8Array(await readFile(path));
    await expect(activityOfBytes("events", "other.nwb", bytes)).rejects.toThrow(
      /^other\.nwb: \/units\/spike_times/,
    );
    const cut = bytes.slice(0, bytes.length >> 1);
    await expect(activityOfBytes("events", "cut.nwb", cut)).rejects.toThrow(/^cut\.nwb is damaged/);
  });

  test("knows the endings that it reads", () => {
    expect(activityEndings("events")).toEqual([".csv", ".tsv", ".json", ".npy", ".npz", ".nwb"]);
    expect(activityEndings("traces")).toEqual([".csv", ".tsv", ".json", ".npy", ".npz"]);
  });
});
