// What OpenCV, tifffile, NumPy and neuroconv make of our movies, and we of NumPy's files. Needs .venv-interop and
// .venv-minisim (.ci/interop-venv.sh); fails without them.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { exportRecording, readEstimate } from "@minisim/interop";
import { scaleOf } from "@minisim/recording";
import { expect, test } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { type MovieOptions, movieSource, movieValues, smallSource } from "./sources.ts";

const python = fileURLToPath(new URL("../../../.venv-interop/bin/python", import.meta.url));
// neuroconv wants zarr 2, as the Python minisim does.
const pythonZarr2 = fileURLToPath(new URL("../../../.venv-minisim/bin/python", import.meta.url));
const script = fileURLToPath(new URL("read_movies.py", import.meta.url));
const at = temporaryFolder();

interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: each reader answers something else.
  readonly result: any;
  readonly warnings: readonly string[];
}

async function ask(reader: string, path: string): Promise<Answer> {
  const program = reader === "neuroconv" ? pythonZarr2 : python;
  const { stdout } = await promisify(execFile)(program, [script, reader, path], {
    maxBuffer: 1 << 26,
  });
  return JSON.parse(stdout.trimEnd().split("\n").at(-1)!) as Answer;
}

const DTYPES = { uint8: "|u1", uint16: "<u2", float32: "<f4" };

/** What a reader must see. */
function expected(movie: MovieOptions) {
  const { container = "uint8", frames, height, width } = movie;
  return {
    dtype: DTYPES[container],
    shape: [frames, height, width],
    sha256: createHash("sha256")
      .update(new Uint8Array(movieValues(movie).buffer))
      .digest("hex"),
  };
}

async function exported(name: string, format: string, movie: MovieOptions, settings = {}) {
  await exportRecording(await movieSource(movie), format, at(name), { settings });
  return at(name);
}

const SIZES = [
  { height: 60, width: 80 },
  { height: 61, width: 83 },
  { height: 33, width: 34 },
];

test.each(SIZES)("OpenCV reads every frame, $height × $width, exactly", async (size) => {
  const movie = { frames: 50, ...size };
  // GREY and Y800 as they are, bitmaps too; all in several RIFFs.
  for (const fourcc of ["GREY", "Y800", "DIB"]) {
    const settings = { fourcc, segment_bytes: 1 << 16 };
    const path = await exported(`${fourcc}${size.width}.avi`, "avi", movie, settings);
    expect((await ask("opencv", path)).result).toEqual({
      ...expected(movie),
      ...{ count: 50, fps: 20, seeks: true },
    });
  }
});

test.each(["uint8", "uint16", "float32"] as const)(
  "tifffile reads a stack of %s",
  async (container) => {
    const movie = { frames: 9, height: 21, width: 34, container, fps: 12.5 };
    const path = await exported(`${container}.ome.tif`, "tiff", movie);
    const { pixel_size_um } = scaleOf(await movieSource(movie));
    const { result, warnings } = await ask("tiff", path);
    expect(warnings).toEqual([]);
    expect(result).toEqual({
      ...expected(movie),
      ...{ axes: "TYX", kind: "ome", is_bigtiff: true },
      ...{ size_x_um: pixel_size_um, unit: "µm", interval_s: 0.08 },
      memmap: expected(movie),
    });
  },
);

test.each(["uint8", "uint16", "float32"] as const)(
  "np.load maps a movie of %s",
  async (container) => {
    const movie = { frames: 9, height: 21, width: 34, container };
    const path = await exported(`${container}.npy`, "npy", movie);
    expect((await ask("npy", path)).result).toEqual(expected(movie));
  },
);

test("np.load reads the truth", async () => {
  const source = await smallSource();
  await exportRecording(source, "npz", at("truth.npz"));
  const truth = await source.truth();
  const { result } = await ask("npz", at("truth.npz"));
  const sha256 = (data: ArrayBufferView) =>
    createHash("sha256")
      .update(new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength))
      .digest("hex");
  expect(result.A).toEqual({
    dtype: "<f4",
    shape: [5, 24, 30],
    sha256: sha256(truth.A_observed.data),
  });
  expect(result.C).toEqual({ dtype: "<f8", shape: [5, 6], sha256: sha256(truth.C.data) });
  expect(result.detectable).toMatchObject({ dtype: "|b1", shape: [5] });
  expect(result.focal_depth_um).toMatchObject({ dtype: "<f8", shape: [] });
});

test("NumPy's .npz, plain and compressed, in either order of axes, is the same estimate", async () => {
  await mkdir(at("numpy"));
  const { result } = await ask("save_npz", at("numpy"));
  const [plain, other] = await Promise.all(
    ["plain", "other"].map((name) => readEstimate(at(`numpy/${name}.npz`), { format: "npz" })),
  );
  for (const { footprints, C, S, shifts } of [plain!, other!]) {
    expect([...C!.data]).toEqual(result.C);
    expect([...S!.data]).toEqual(result.S);
    expect([...shifts!.data]).toEqual(result.shifts);
    const dense = new Float64Array(3 * 35);
    for (let unit = 0; unit < footprints.length; unit++) {
      const { row, col, height, width, data } = footprints.at(unit);
      for (let i = 0; i < height * width; i++) {
        dense[unit * 35 + (row + Math.floor(i / width)) * 7 + col + (i % width)] = data[i]!;
      }
    }
    expect([...dense]).toEqual(result.A);
  }
});

test("neuroconv's Miniscope interface reads a session of several files", async () => {
  const movie = { frames: 2010, height: 21, width: 34 };
  const path = await exported("session", "miniscope_v4", movie);
  const { result } = await ask("neuroconv", `${path}/Miniscope`);
  expect(result).toMatchObject({
    ...expected(movie),
    session_start_time: "2020-01-01 00:00:00",
    device: "Miniscope",
    timestamps: [0, 100.45, 2010],
  });
  expect(result.fps).toBeCloseTo(20, 9);
  expect((await ask("minian_pattern", `${path}/Miniscope`)).result).toEqual([
    "0.avi",
    "1.avi",
    "2.avi",
  ]);
});

test("neuroconv reads a session with jitter and gaps", async () => {
  const movie = { frames: 600, height: 21, width: 34 };
  const settings = { timestamp_jitter_ms: 3, drop_probability: 0.01, acquisition_seed: 4 };
  const path = await exported("lossy", "miniscope_v4", movie, settings);
  const { result } = await ask("neuroconv", `${path}/Miniscope`);
  expect(result.shape[0]).toBe(result.timestamps[2]);
  expect(result.shape[0]).toBeLessThan(600);
  // Gaps are outliers to it; the mean interval of some 590 frames errs by 3·√2 ms / 590 at most, and by gaps of one frame.
  expect(Math.abs(result.fps - 20)).toBeLessThan(0.5);
});

test("OpenCV reads a legacy session", async () => {
  const movie = { frames: 30, height: 21, width: 35 };
  const path = await exported("legacy", "miniscope_v3", movie);
  expect((await ask("opencv", `${path}/msCam1.avi`)).result).toMatchObject(expected(movie));
});

test("FFV1 by ffmpeg is exact, odd sizes too, and the same bytes every time", async () => {
  const { result: ffmpeg } = await ask("ffmpeg", "");
  const settings = { codec: "ffv1", ffmpeg };
  for (const size of SIZES) {
    const movie = { frames: 20, ...size };
    const path = await exported(`ffv1-${size.width}.avi`, "avi", movie, settings);
    expect((await ask("opencv", path)).result).toMatchObject({ ...expected(movie), count: 20 });
    const again = await exported(`again-${size.width}.avi`, "avi", movie, settings);
    expect(await readFile(again)).toEqual(await readFile(path));
  }
  const movie = { frames: 1500, height: 21, width: 34 };
  const session = await exported("ffv1", "miniscope_v4", movie, settings);
  const read = await ask("neuroconv", `${session}/Miniscope`);
  expect(read.result).toMatchObject(expected(movie));
});

test.each(["h264", "vp9"])(
  "%s for people: all frames, even sizes, contrast stretched",
  async (codec) => {
    const { result: ffmpeg } = await ask("ffmpeg", "");
    // Grey 100 to 119, one grey a frame.
    const frames = 20;
    const source = {
      ...(await movieSource({ frames, height: 33, width: 35 })),
      async *frames() {
        for (let t = 0; t < frames; t++) {
          yield { start: t, end: t + 1, data: new Uint16Array(33 * 35).fill(1000 + t) };
        }
      },
    };
    const settings = { codec, ffmpeg, low_percentile: 0, high_percentile: 100, speed: 2 };
    await exportRecording(source, "mp4", at(codec), { settings });
    const { result } = await ask("video", at(codec));
    expect(result).toMatchObject({ shape: [20, 34, 36, 3], fps: 40 });
    // A row and a column of black are added; codecs err by a few greys.
    const lit = (33 * 35) / (34 * 36);
    for (const [t, mean] of result.means.entries()) {
      expect(Math.abs(mean - (lit * 255 * t) / 19)).toBeLessThan(6);
    }
  },
);
