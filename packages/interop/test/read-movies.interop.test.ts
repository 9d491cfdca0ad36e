// Movies that tifffile, h5py, pynwb, zarr, xarray, NumPy and ffmpeg wrote are read as they were meant. Needs .venv-interop
// (.ci/interop-venv.sh), whose ffmpeg decodes videos; fails without it.
import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type MovieFile, type ReadMovieOptions, readMovie } from "@minisim/interop";
import { beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { movieValues } from "./sources.ts";

const python = fileURLToPath(new URL("../../../.venv-interop/bin/python", import.meta.url));
const script = fileURLToPath(new URL("write_movies.py", import.meta.url));
const at = temporaryFolder();
const SIZE = { frames: 23, height: 31, width: 26 };
const SHAPE = [23, 31, 26];
const COUNTS = [...movieValues({ ...SIZE, container: "uint16" })];
const BYTES = [...movieValues(SIZE)];

async function run(kind: string, path: string): Promise<string> {
  return (await promisify(execFile)(python, [script, kind, path])).stdout;
}

async function written(kind: string, name: string): Promise<string> {
  await run(kind, at(name));
  return at(name);
}

async function pixelsOf(movie: MovieFile, range?: { start: number; end: number }) {
  const values: number[] = [];
  for await (const { data } of movie.frames(range)) for (const value of data) values.push(value);
  return values;
}

async function expectCounts(movie: MovieFile, expected: readonly number[] = COUNTS) {
  expect(movie.shape).toEqual(SHAPE);
  expect(await pixelsOf(movie)).toEqual(expected);
  const size = SIZE.height * SIZE.width;
  expect(await pixelsOf(movie, { start: 7, end: 12 })).toEqual(expected.slice(7 * size, 12 * size));
}

const LAST: ReadMovieOptions = { axes: "YXT" };

test.each<[kind: string, name: string, options: ReadMovieOptions]>([
  ["tiff", "a.tif", {}],
  ["tiff_big_endian", "b.tif", {}],
  ["tiff_float", "f.tif", {}],
  ["tiff_zlib", "z.tif", {}],
  ["tiff_strips", "s.tif", {}],
  ["tiff_opencv", "o.tif", {}],
  ["h5", "a.h5", {}],
  ["h5_gzip", "g.h5", {}],
  ["h5_frames_last", "l.h5", LAST],
  ["h5_frames_last_chunked", "c.h5", LAST],
  ["h5_nested", "n.h5", {}],
  ["h5_nested", "d.h5", { dataset: "analysis/raw/movie" }],
  ["h5_channels", "o.h5", {}],
  ["h5_channels", "p.h5", { axes: "TCYX" }],
  ["matlab", "a.mat", {}],
  ["matlab", "b.mat", LAST],
  ["nwb_height_first", "h.nwb", { axes: "TYX" }],
  ["nwb_two", "t.nwb", { dataset: "acquisition/other" }],
  ["zarr2", "2.zarr", {}],
  ["zarr3", "3.zarr", {}],
  ["zarr3_shards", "s.zarr", {}],
  ["zarr3_one_chunk", "o.zarr", {}],
  ["zarr2_group", "g2.zarr", {}],
  ["zarr3_group", "g3.zarr", {}],
  ["zarr3_group", "d3.zarr", { dataset: "raw/movie" }],
  ["xarray2", "x2.zarr", {}],
  ["xarray3", "x3.zarr", {}],
  ["npy_fortran", "f.npy", {}],
  ["npy_frames_last", "l.npy", LAST],
  ["npy_big_endian", "b.npy", {}],
])("%s as %s, %j", async (kind, name, options) => {
  await expectCounts(await readMovie(await written(kind, name), options));
});

test("large pages of OpenCV's LZW", async () => {
  const path = await written("tiff_opencv", "large.tif");
  const [packed, plain] = await Promise.all(
    ["tif", "npy"].map(async (ending) => pixelsOf(await readMovie(`${path}.noise.${ending}`))),
  );
  expect(packed!.length).toBe(2 * 400 * 300);
  expect(packed).toEqual(plain);
});

test("signed numbers come as floats, and are whole", async () => {
  const movie = await readMovie(await written("h5_signed", "signed.h5"));
  expect(movie).toMatchObject({ container: "float32", whole_numbers: true });
  await expectCounts(
    movie,
    COUNTS.map((value) => value - 1000),
  );
});

test.each([
  ["tiff_imagej", "i.tif"],
  ["tiff_ome", "o.tif"],
  ["nwb", "a.nwb"],
  // Three seconds are missing in the middle, which is no slower rate.
  ["nwb_times", "t2.nwb"],
])("%s tells rate and size of a pixel", async (kind, name) => {
  const movie = await readMovie(await written(kind, name));
  await expectCounts(movie);
  expect(movie.fps).toBeCloseTo(12.5, 9);
  // ImageJ's is a fraction of 32-bit numbers.
  expect(movie.pixel_size_um).toBeCloseTo(1.5, 5);
});

test.each([
  ["tiff_channels", "c.tif", /c\.tif holds 2 channels, and a movie has one/],
  ["tiff_rgb", "rgb.tif", /rgb\.tif has pages of several colours, which are not read/],
  ["h5_lzf", "lzf.h5", /lzf\.h5: \/movie is compressed with lzf/],
  [
    "nwb_two",
    "two.nwb",
    /two\.nwb holds several datasets .*\/movie\/data, .*\/other\/data|other\/data, .*movie\/data/,
  ],
])("%s is refused in a sentence", async (kind, name, message) => {
  const read = written(kind, name).then((path) => readMovie(path));
  await expect(read).rejects.toMatchObject({
    name: "InteropError",
    code: "unsupported",
    message: expect.stringMatching(message),
  });
});

let ffmpeg = "";
beforeAll(async () => {
  ffmpeg = (await run("ffmpeg", "-")).trim();
});

test.each([
  ["raw_avi", "raw.avi"],
  ["ffv1_avi", "ffv1.avi"],
  ["ffv1_mkv", "ffv1.mkv"],
  ["h264_mp4", "h264.mp4"],
])("%s is read without loss", async (kind, name) => {
  const movie = await readMovie(await written(kind, name), { ffmpeg });
  expect(movie).toMatchObject({ container: "uint8", fps: 12.5 });
  await expectCounts(movie, BYTES);
});

test("MJPEG is read with its loss", async () => {
  const movie = await readMovie(await written("mjpeg_avi", "m.avi"), { ffmpeg });
  expect(movie.shape).toEqual(SHAPE);
  const errors = (await pixelsOf(movie)).map((value, i) => Math.abs(value - BYTES[i]!));
  // The values wrap at 256, and edges ring. Random frames would be off by 85, a third of the range.
  expect(errors.reduce((a, b) => a + b, 0) / errors.length).toBeLessThan(10);
});

test("a session of compressed videos", async () => {
  await mkdir(at("session"));
  for (const index of [0, 1]) await written("ffv1_avi", `session/${index}.avi`);
  const rows = Array.from({ length: 46 }, (_, i) => `${i},${i * 50},0`);
  await writeFile(
    at("session/timeStamps.csv"),
    ["Frame Number,Time Stamp (ms),Buffer Index", ...rows].join("\n"),
  );
  const movie = await readMovie(at("session"), { ffmpeg });
  expect(movie.shape).toEqual([46, 31, 26]);
  expect(movie.fps).toBeCloseTo(20, 9);
  expect(await pixelsOf(movie)).toEqual([...BYTES, ...BYTES]);
});

test("a video that is cut off, and one without ffmpeg", async () => {
  const path = await written("ffv1_mkv", "cut.mkv");
  await expect(readMovie(path, { ffmpeg: at("none") })).rejects.toMatchObject({
    code: "unsupported",
    message: expect.stringMatching(
      /cut\.mkv is a compressed video, which ffmpeg decodes: there is no program/,
    ),
  });
  await writeFile(path, (await readFile(path)).subarray(0, 300));
  await expect(readMovie(path, { ffmpeg })).rejects.toMatchObject({
    code: "malformed",
    message: expect.stringMatching(/cut\.mkv/),
  });
});
