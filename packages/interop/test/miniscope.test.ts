import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { exportRecording } from "@minisim/interop";
import { describe, expect, test } from "vitest";
import { decodeNpy } from "../src/npy/index.ts";
import { temporaryFolder } from "./folder.ts";
import { readAvi } from "./read-avi.ts";
import { movieSource, movieValues, smallSource } from "./sources.ts";

const at = temporaryFolder();
const text = (...parts: string[]) => readFile(join(...parts), "utf8");
const rows = async (...parts: string[]) =>
  (await text(...parts))
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));

const movie = { frames: 2300, height: 3, width: 5, blockFrames: 7 };
const pixels = 15;

async function session(name: string, settings: Record<string, unknown> = {}) {
  const path = at(name);
  await exportRecording(await movieSource(movie), "miniscope_v4", path, { settings });
  return path;
}

describe("a V4 session", () => {
  test("has what Miniscope-DAQ leaves, and every frame in files of 1000", async () => {
    const path = await session("plain");
    expect((await readdir(path)).sort()).toEqual([
      ".minisim.json",
      "Miniscope",
      "ground_truth",
      "metaData.json",
      "notes.csv",
    ]);
    expect((await readdir(join(path, "Miniscope"))).sort()).toEqual([
      "0.avi",
      "1.avi",
      "2.avi",
      "metaData.json",
      "timeStamps.csv",
    ]);
    const files = [0, 1, 2].map((i) => readAvi(join(path, "Miniscope", `${i}.avi`)));
    expect(files.map(({ frames }) => frames.length)).toEqual([1000, 1000, 300]);
    expect(Buffer.concat(files.flatMap(({ frames }) => frames))).toEqual(
      Buffer.from(movieValues(movie)),
    );
    for (const file of files) expect(file).toMatchObject({ fourcc: "GREY", fps: 60 });
    const stamps = await rows(path, "Miniscope", "timeStamps.csv");
    expect(stamps[0]).toEqual(["Frame Number", "Time Stamp (ms)", "Buffer Index"]);
    expect(stamps.slice(1)).toEqual(
      Array.from({ length: 2300 }, (_, i) => [`${i}`, `${i * 50}`, "0"]),
    );
    expect(JSON.parse(await text(path, "metaData.json"))).toEqual({
      animalName: "simulated",
      baseDirectory: "minisim/simulated/2020_01_01/00_00_00",
      cameras: [],
      experimentName: "simulation",
      miniscopes: ["Miniscope"],
      recordingStartTime: {
        ...{ year: 2020, month: 1, day: 1, hour: 0, minute: 0, second: 0, msec: 0 },
        msecSinceEpoch: Date.UTC(2020, 0, 1),
      },
      researcherName: "minisim",
    });
    expect(JSON.parse(await text(path, "Miniscope", "metaData.json"))).toMatchObject({
      ROI: { height: 3, leftEdge: 0, topEdge: 0, width: 5 },
      compression: "GREY",
      deviceType: "Miniscope_V4_BNO",
      frameRate: "20FPS",
      framesPerFile: 1000,
    });
    expect((await text(path, "notes.csv")).split("\n")[0]).toBe("Time Stamp (ms),Note");
  });

  test("carries the truth beside the device, and can be a whole tree", async () => {
    const source = await smallSource();
    const settings = {
      ...{ full_tree: true, head_orientation: true, device_name: "My V4 Miniscope" },
      ...{ researcher_name: "Ada", animal_name: "m 7" },
      recording_start_time: "2024-03-05T16:07:08.009Z",
    };
    await exportRecording(source, "miniscope_v4", at("tree"), { settings });
    const folder = join(at("tree"), "Ada", "m 7", "2024_03_05", "16_07_08");
    const truth = await source.truth();
    const C = new Uint8Array(await readFile(join(folder, "ground_truth", "C.npy")));
    expect(decodeNpy(C, "C")).toEqual({ shape: [truth.n_units, 6], data: truth.C.data });
    const orientation = await rows(folder, "My_V4_Miniscope", "headOrientation.csv");
    expect(orientation[0]!.join(",")).toBe("Time Stamp (ms),qw,qx,qy,qz");
    expect(orientation.at(-1)).toEqual(["250", "1", "0", "0", "0"]);
    const { recordingStartTime, baseDirectory } = JSON.parse(await text(folder, "metaData.json"));
    expect(baseDirectory).toBe("Ada/m 7/2024_03_05/16_07_08");
    expect(recordingStartTime).toMatchObject({ month: 3, day: 5, second: 8, msec: 9 });
    await exportRecording(source, "miniscope_v4", at("bare"), {
      settings: { ground_truth: false },
    });
    expect(await readdir(at("bare"))).not.toContain("ground_truth");
  });

  test("names that would leave the folder are refused", async () => {
    for (const device_name of ["../x", "a/b", "", ".", "C:"]) {
      const settings = { device_name, timestamp_jitter_ms: -1 };
      await expect(session("never", settings)).rejects.toThrow(
        /timestamp_jitter_ms: .*; device_name: must be letters/,
      );
    }
  });
});

describe("the acquisition model", () => {
  const model = { timestamp_jitter_ms: 4, drop_probability: 0.02, mean_gap_frames: 3 };
  const readLog = async (path: string) =>
    (await rows(path, "acquisition_log.csv"))
      .slice(1)
      .map(([source, time, stamp, written, lost]) => ({
        source: Number(source),
        time: Number(time),
        stamp: Number(stamp),
        written: written === "" ? null : Number(written),
        lost: lost === "1",
      }));

  test("is off, and leaves no log, unless asked for", async () => {
    expect(await readdir(await session("off"))).not.toContain("acquisition_log.csv");
  });

  test("loses frames and says which: what is written is what the log says", async () => {
    const path = await session("lossy", { ...model, acquisition_seed: 5 });
    const log = await readLog(path);
    const kept = log.filter(({ lost }) => !lost);
    expect(kept.map(({ written }) => written)).toEqual(kept.map((_, i) => i));
    const values = movieValues(movie);
    const frames = [0, 1, 2]
      .map((i) => join(path, "Miniscope", `${i}.avi`))
      .flatMap((file) => {
        try {
          return readAvi(file).frames;
        } catch {
          return [];
        }
      });
    expect(frames).toEqual(
      kept.map(({ source }) =>
        Buffer.from(values.subarray(source * pixels, (source + 1) * pixels)),
      ),
    );
    const stamps = (await rows(path, "Miniscope", "timeStamps.csv")).slice(1);
    expect(stamps.map(([, stamp]) => Number(stamp))).toEqual(kept.map(({ stamp }) => stamp));
    for (let i = 1; i < log.length; i++) {
      expect(log[i]!.stamp).toBeGreaterThanOrEqual(log[i - 1]!.stamp);
    }
  });

  test("the DAQ's own count goes on over lost frames; it is there where frames can be lost, or as asked", async () => {
    const counts = async (name: string, settings: Record<string, unknown>) => {
      const [head, ...stamps] = await rows(
        await session(name, settings),
        "Miniscope",
        "timeStamps.csv",
      );
      expect(head!.slice(0, 3)).toEqual(["Frame Number", "Time Stamp (ms)", "Buffer Index"]);
      return { head: head!.slice(3), counts: stamps.map((row) => row.slice(3).map(Number)) };
    };
    const lossy = await counts("counted", { ...model, acquisition_seed: 5 });
    const kept = (await readLog(at("counted"))).filter(({ lost }) => !lost);
    expect(lossy.head).toEqual(["DAQ Frame Number"]);
    expect(lossy.counts).toEqual(kept.map(({ source }) => [source + 1]));
    expect(lossy.counts.at(-1)![0]).toBeGreaterThan(lossy.counts.length);
    const whole = await counts("uncounted", {});
    expect(whole.head).toEqual([]);
    const asked = await counts("asked", { daq_frame_number: true });
    expect(asked.head).toEqual(["DAQ Frame Number"]);
    expect(asked.counts).toEqual(asked.counts.map((_, i) => [i + 1]));
    expect((await counts("old", { ...model, daq_frame_number: false })).head).toEqual([]);
  });

  test("has the statistics that it was asked for", async () => {
    const path = await session("statistics", model);
    const log = await readLog(path);
    // Gaps begin at 2 % of the frames outside gaps and last 3 frames on average, so a share of 0.06 / 1.06 = 0.057 is lost. That
    // is about 43 gaps of 2300 frames; their number varies by √43 and lengths by √6 each: the share by 0.057·√(1/43 + 6/9/43) = 0.011.
    const lost = log.filter((frame) => frame.lost).length / log.length;
    expect(Math.abs(lost - 0.057)).toBeLessThan(4 * 0.011);
    expect(log[0]!.lost).toBe(false);
    // Rounding to ms adds 1/12 to the variance of 16. The standard deviation of 2300 values is known to 4/√4600 = 0.06; the clamp
    // to rising stamps never acts at 12 σ between frames, except on the first.
    const errors = log.slice(1).map(({ time, stamp }) => stamp - time);
    const rms = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
    expect(Math.abs(rms - Math.sqrt(16 + 1 / 12))).toBeLessThan(4 * 0.06);
  });

  test("depends on its seed alone; losing frames moves no time stamps", async () => {
    const one = await readLog(await session("one", { ...model, acquisition_seed: 1 }));
    const same = await readLog(await session("same", { ...model, acquisition_seed: 1 }));
    const other = await readLog(await session("other", { ...model, acquisition_seed: 2 }));
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
    const whole = await readLog(
      await session("whole", { timestamp_jitter_ms: 4, acquisition_seed: 1 }),
    );
    expect(whole.map(({ stamp }) => stamp)).toEqual(one.map(({ stamp }) => stamp));
    expect(whole.some(({ lost }) => lost)).toBe(false);
  });
});

test("a legacy session: msCam1.avi …, frames from 1, tables with tabs", async () => {
  const path = at("legacy");
  await exportRecording(await movieSource(movie), "miniscope_v3", path);
  expect((await readdir(path)).sort()).toEqual([
    ".minisim.json",
    "msCam1.avi",
    "msCam2.avi",
    "msCam3.avi",
    "settings_and_notes.dat",
    "timestamp.dat",
  ]);
  const files = [1, 2, 3].map((i) => readAvi(join(path, `msCam${i}.avi`)));
  expect(files.map(({ totalFrames }) => totalFrames)).toEqual([1000, 1000, 300]);
  // Bitmaps of 5 pixels a row, padded to 8, from the bottom.
  const last = files[2]!.frames.at(-1)!;
  const expected = Buffer.from(movieValues(movie).subarray(-pixels));
  expect(Buffer.concat([16, 8, 0].map((from) => last.subarray(from, from + 5)))).toEqual(expected);
  const lines = (await text(path, "timestamp.dat")).split("\n");
  expect(lines.slice(0, 3)).toEqual([
    "camNum\tframeNum\tsysClock\tbuffer",
    "0\t1\t0\t1",
    "0\t2\t50\t1",
  ]);
  expect(lines).toHaveLength(2302);
  expect(await text(path, "settings_and_notes.dat")).toContain("\t115\n\nelapsedTime\tNote\n0\t");
});

test("a session is replaced by force; a folder of something else never is", async () => {
  const path = await session("again");
  const source = await movieSource({ ...movie, frames: 2 });
  await expect(exportRecording(source, "miniscope_v4", path)).rejects.toMatchObject({
    code: "exists",
  });
  await exportRecording(source, "miniscope_v4", path, { force: true });
  expect(readAvi(join(path, "Miniscope", "0.avi")).totalFrames).toBe(2);
  await expect(
    exportRecording(source, "miniscope_v3", join(path, "Miniscope"), { force: true }),
  ).rejects.toMatchObject({ code: "inside" });
  await expect(exportRecording(source, "miniscope_v3", path, { force: true })).rejects.toThrow(
    "is another kind of output (miniscope_v4, not miniscope_v3)",
  );
  // A real session looks the same, but for what minisim leaves in its own.
  await rm(join(path, ".minisim.json"));
  for (const format of ["miniscope_v4", "miniscope_v3"]) {
    await expect(exportRecording(source, format, path, { force: true })).rejects.toThrow(
      "is a folder that minisim did not write",
    );
  }
  expect((await stat(join(path, "Miniscope", "0.avi"))).isFile()).toBe(true);
});
