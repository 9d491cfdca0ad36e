// Movies are read as they were written, whatever the order of their axes; what is no movie is refused in a sentence.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { exportRecording, InteropError, type MovieFile, readMovie } from "@minisim/interop";
import { scaleOf } from "@minisim/recording";
import { expect, test } from "vitest";
import { encodeNpy, npyHeader } from "../src/npy/index.ts";
import { temporaryFolder } from "./folder.ts";
import { makeTiff } from "./make-tiff.ts";
import { type MovieOptions, movieSource, movieValues } from "./sources.ts";

const at = temporaryFolder();
const MOVIE = { frames: 7, height: 21, width: 18, fps: 12.5 } as const;
const SHAPE = [7, 21, 18] as const;

async function exported(format: string, name: string, movie: MovieOptions = MOVIE, settings = {}) {
  await exportRecording(await movieSource(movie), format, at(name), { settings });
  return at(name);
}

/** All pixels, or those of a range of frames. */
async function pixelsOf(movie: MovieFile, range?: { start: number; end: number }) {
  const values: number[] = [];
  for await (const { data } of movie.frames(range)) for (const value of data) values.push(value);
  return values;
}

async function expectMovie(path: string, movie: MovieOptions, options = {}) {
  const found = await readMovie(path, options);
  const values = [...movieValues(movie)];
  const { frames, height, width, container = "uint8" } = movie;
  expect(found.shape).toEqual([frames, height, width]);
  expect(found.container).toBe(container);
  expect(found.whole_numbers).toBe(container !== "float32");
  expect(await pixelsOf(found)).toEqual(values);
  const size = height * width;
  expect(await pixelsOf(found, { start: 2, end: 5 })).toEqual(values.slice(2 * size, 5 * size));
  return found;
}

const CONTAINERS = ["uint8", "uint16", "float32"] as const;

test.each(CONTAINERS)("npy and TIFF of %s", async (container) => {
  const movie = { ...MOVIE, container };
  await expectMovie(await exported("npy", `${container}.npy`, movie), movie);
  const found = await expectMovie(await exported("tiff", `${container}.tif`, movie), movie);
  const { pixel_size_um } = scaleOf(await movieSource(movie));
  expect(found.fps).toBeCloseTo(12.5, 12);
  expect(found.pixel_size_um).toBeCloseTo(pixel_size_um, 12);
});

test.each(CONTAINERS)("HDF5 and NWB of %s", async (container) => {
  const movie = { ...MOVIE, container };
  const { pixel_size_um } = scaleOf(await movieSource(movie));
  for (const [format, dataset] of [
    ["hdf5", "mov"],
    ["nwb", "acquisition/OnePhotonSeries"],
  ] as const) {
    const path = await exported(format, `${container}.${format}`, movie);
    for (const options of [{}, { dataset }]) {
      const found = await expectMovie(path, movie, options);
      expect(found.fps).toBe(12.5);
      expect(found.pixel_size_um).toBeCloseTo(pixel_size_um, 12);
    }
  }
  const turned = await readMovie(at(`${container}.nwb`), { axes: "TYX" });
  expect(turned.shape).toEqual([7, 18, 21]);
});

test("a dataset that is none", async () => {
  const path = await exported("hdf5", "named.h5");
  await expect(readMovie(path, { dataset: "absent" })).rejects.toMatchObject({
    code: "malformed",
    message: expect.stringMatching(/named\.h5: \/absent is missing: a dataset is needed there/),
  });
  await expect(readMovie(path, { dataset: "spec" })).rejects.toMatchObject({
    message: expect.stringMatching(/named\.h5: \/spec does not hold integers or floats/),
  });
});

test.each(["GREY", "Y800", "DIB"])("AVI tagged %s, in several RIFFs", async (fourcc) => {
  // 18 columns are padded to 20 in a bitmap. 200 frames need more than one RIFF of 65536 bytes.
  const movie = { ...MOVIE, frames: 200 };
  const settings = { fourcc, segment_bytes: 1 << 16 };
  const found = await expectMovie(await exported("avi", `${fourcc}.avi`, movie, settings), movie);
  expect(found.fps).toBe(12.5);
});

test("an AVI frame without bytes repeats the one before", async () => {
  const path = await exported("avi", "repeat.avi", { ...MOVIE, frames: 2 });
  const bytes = await readFile(path);
  const frame = bytes.indexOf("00db", bytes.indexOf("movi"));
  const second = frame + 8 + 21 * 18;
  const shorter = Buffer.concat([bytes.subarray(0, second + 4), Buffer.alloc(4)]);
  await writeFile(path, shorter);
  const one = [...movieValues({ ...MOVIE, frames: 1 })];
  expect(await pixelsOf(await readMovie(path))).toEqual([...one, ...one]);
});

test("a compressed AVI needs ffmpeg", async () => {
  const path = await exported("avi", "compressed.avi");
  const bytes = await readFile(path);
  // The code of the format, 16 bytes into its chunk.
  bytes.write("FFV1", bytes.indexOf("strf") + 8 + 16, "latin1");
  await writeFile(path, bytes);
  const ffmpeg = at("no-such-program");
  await expect(readMovie(path, { ffmpeg })).rejects.toMatchObject({
    code: "unsupported",
    message: `${path} is a compressed video, which ffmpeg decodes: there is no program ${ffmpeg} here; install it, or name it as ffmpeg.`,
  });
});

test("a bitmap's palette decides its greys, and its sign the order of rows", async () => {
  const path = await exported("avi", "palette.avi", MOVIE, { fourcc: "DIB" });
  const bytes = await readFile(path);
  const format = bytes.indexOf("strf") + 8;
  for (let code = 0; code < 256; code++)
    bytes.fill(255 - code, format + 40 + 4 * code, format + 43 + 4 * code);
  await writeFile(path, bytes);
  const inverse = [...movieValues(MOVIE)].map((value) => 255 - value);
  expect(await pixelsOf(await readMovie(path))).toEqual(inverse);
  bytes.writeInt32LE(-MOVIE.height, format + 8);
  await writeFile(path, bytes);
  const flipped = await pixelsOf(await readMovie(path), { start: 0, end: 1 });
  expect(flipped.slice(0, 18)).toEqual(inverse.slice(20 * 18, 21 * 18));
});

test("Zarr arrays of which several can be the movie, and none", async () => {
  const document = JSON.stringify({
    zarr_format: 2,
    shape: [3, 4, 5],
    chunks: [3, 4, 5],
    dtype: "|u1",
    compressor: null,
    fill_value: 7,
    order: "C",
    filters: null,
  });
  await mkdir(at("two.zarr"));
  await writeFile(at("two.zarr/.zgroup"), '{"zarr_format": 2}');
  await expect(readMovie(at("two.zarr"))).rejects.toMatchObject({
    code: "missing",
    message: expect.stringMatching(/two\.zarr holds no Zarr array with three axes/),
  });
  for (const name of ["a", "b"]) {
    await mkdir(at(`two.zarr/${name}`));
    await writeFile(at(`two.zarr/${name}/.zarray`), document);
  }
  await expect(readMovie(at("two.zarr"))).rejects.toMatchObject({
    code: "unsupported",
    message: expect.stringMatching(/two\.zarr holds several arrays .*\(a, b\); name one/),
  });
  // Nothing is stored where there is only the fill value.
  const movie = await readMovie(at("two.zarr"), { dataset: "b" });
  expect(await pixelsOf(movie)).toEqual(new Array(60).fill(7));
});

/** The values of the movie with its axes in another order. */
function permuted(order: string): { shape: number[]; data: Float64Array } {
  const values = movieValues(MOVIE);
  const sizes: Record<string, number> = { T: 7, Y: 21, X: 18 };
  const strides: Record<string, number> = { T: 21 * 18, Y: 18, X: 1 };
  const [a, b, c] = [...order] as [string, string, string];
  const data: number[] = [];
  for (let i = 0; i < sizes[a]!; i++)
    for (let j = 0; j < sizes[b]!; j++)
      for (let k = 0; k < sizes[c]!; k++)
        data.push(values[i * strides[a]! + j * strides[b]! + k * strides[c]!]!);
  return { shape: [...order].map((letter) => sizes[letter]!), data: Float64Array.from(data) };
}

test.each(["TYX", "TXY", "YXT", "XYT", "YTX", "XTY"])("npy with the axes %s", async (axes) => {
  const { shape, data } = permuted(axes);
  await writeFile(at(`${axes}.npy`), encodeNpy({ shape, data }));
  const movie = await readMovie(at(`${axes}.npy`), { axes: axes.toLowerCase() });
  expect(movie.shape).toEqual(SHAPE);
  expect(await pixelsOf(movie)).toEqual([...movieValues(MOVIE)]);
});

test("npy in the order of Fortran, with an axis of length 1", async () => {
  // In memory the last axis runs slowest: this is an array of C with its axes turned round.
  const { data } = permuted("XYT");
  const header = Buffer.from(npyHeader("<f8", [7, 1, 21, 18]));
  const turned = Buffer.from(header.toString("latin1").replace("False", "True "), "latin1");
  await writeFile(at("fortran.npy"), Buffer.concat([turned, Buffer.from(data.buffer)]));
  for (const options of [{}, { axes: "TYX" }, { axes: "TZYX" }]) {
    const movie = await readMovie(at("fortran.npy"), options);
    expect(movie.shape).toEqual(SHAPE);
    expect(await pixelsOf(movie)).toEqual([...movieValues(MOVIE)]);
  }
});

test("whole numbers of other sizes come as floats that are known to be whole", async () => {
  const data = Int16Array.from(movieValues(MOVIE), (value) => value - 100);
  await writeFile(at("signed.npy"), encodeNpy({ shape: SHAPE, data }));
  const movie = await readMovie(at("signed.npy"));
  expect(movie).toMatchObject({ container: "float32", whole_numbers: true });
  expect(await pixelsOf(movie)).toEqual([...data]);
});

const IMAGES = [1, 2, 3].map((frame) => Array.from({ length: 20 }, (_, i) => frame * 20 + i));

test.each([
  { littleEndian: false, bits: 16 as const },
  { big: true, bits: 64 as const, rowsPerStrip: 1 },
  { deflate: true, bits: 8 as const, rowsPerStrip: 2 },
])("TIFF by the specification: %j", async (options) => {
  await writeFile(at("made.tif"), makeTiff(IMAGES, [4, 5], options));
  const movie = await readMovie(at("made.tif"));
  expect(movie.shape).toEqual([3, 4, 5]);
  expect(await pixelsOf(movie, { start: 1, end: 3 })).toEqual(IMAGES.slice(1).flat());
});

test("miniscope sessions, at the rate of their time stamps", async () => {
  // 1000 frames a file.
  const movie = { frames: 1005, height: 3, width: 4, fps: 20 };
  const settings = { full_tree: true, timestamp_jitter_ms: 3 };
  const v4 = await expectMovie(await exported("miniscope_v4", "v4", movie, settings), movie);
  const v3 = await expectMovie(await exported("miniscope_v3", "v3", movie), movie);
  // Jitter of 3 ms at both ends of 50 s.
  expect(Math.abs(v4.fps! - 20)).toBeLessThan(20 * ((4 * 3) / 50_000));
  expect(v3.fps).toBeCloseTo(20, 10);
});

test("lost frames do not slow the rate", async () => {
  const movie = { frames: 400, height: 3, width: 4, fps: 20 };
  const path = await exported("miniscope_v4", "lost", movie, { drop_probability: 0.05 });
  const found = await readMovie(path);
  expect(found.shape[0]).toBeLessThan(400);
  expect(found.fps).toBeCloseTo(20, 10);
});

test("several cameras are not guessed among", async () => {
  const movie = { frames: 3, height: 3, width: 4 };
  await mkdir(at("two"));
  for (const name of ["two/a", "two/b"]) await exported("miniscope_v3", name, movie);
  await expect(readMovie(at("two"))).rejects.toMatchObject({
    code: "unsupported",
    message: expect.stringMatching(/two holds several folders of videos \(.*a, .*b\)/),
  });
  expect((await readMovie(at("two/b"))).shape).toEqual([3, 3, 4]);
});

test.each([
  ["absent.tif", null, "missing", /^There is nothing at \S*absent\.tif\.$/],
  [
    "notes.txt",
    "words",
    "unsupported",
    /notes\.txt is no movie that is read: movies are .*npy.*TIFF/,
  ],
  ["empty.npy", "", "unsupported", /empty\.npy is no movie/],
  ["cut.npy", "\x93NUMPY\x01\x00", "malformed", /cut\.npy ends within its header/],
  ["cut.tif", "II*\0", "malformed", /cut\.tif/],
  ["cut.avi", "RIFF\x04\x00\x00\x00AVI ", "malformed", /cut\.avi holds no video stream/],
])("%s is refused", async (name, content, code, message) => {
  if (content !== null) await writeFile(at(name), content, "latin1");
  await expect(readMovie(at(name))).rejects.toMatchObject({
    name: "InteropError",
    code,
    message: expect.stringMatching(message),
  });
});

test.each([
  ["npy", "whole.npy", /whole\.npy has \d+ bytes of data/],
  ["tiff", "whole.tif", /whole\.tif ends/],
  ["hdf5", "whole.h5", /whole\.h5/],
  ["nwb", "whole.nwb", /whole\.nwb/],
  ["avi", "whole.avi", /whole\.avi ends within a frame/],
])("%s that was cut off is refused", async (format, name, message) => {
  const path = await exported(format, name);
  const bytes = await readFile(path);
  await writeFile(
    path,
    bytes.subarray(0, format === "avi" ? bytes.indexOf("movi") + 500 : bytes.length - 600),
  );
  const whole = async () => pixelsOf(await readMovie(path));
  await expect(whole()).rejects.toMatchObject({
    code: "malformed",
    message: expect.stringMatching(message),
  });
});

test.each([
  [[4, 5], undefined, "unsupported", /has 2 axes \(4 × 5\)/],
  [[2, 3, 4, 5], undefined, "unsupported", /has 4 axes/],
  [[2, 3, 4, 5], "TZYX", "settings", /"TZYX" do not fit .* 2 × 3 × 4 × 5/],
  [[3, 4, 5], "TYY", "settings", /"TYY" do not fit/],
  [[3, 4, 5], "TY", "settings", /"TY" do not fit/],
  [[0, 4, 5], undefined, "malformed", /holds no pixels \(0 × 4 × 5\)/],
])("an array of %j with the axes %s", async (shape, axes, code, message) => {
  const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
  await writeFile(at("odd.npy"), encodeNpy({ shape, data }));
  const read = readMovie(at("odd.npy"), axes === undefined ? {} : { axes });
  await expect(read).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  await rm(at("odd.npy"));
});

const DAMAGES = 60;

test.each([
  ["npy", "damaged.npy", 80],
  ["tiff", "damaged.tif", 4000],
  ["avi", "damaged.avi", 5200],
  ["hdf5", "damaged.h5", 4000],
  ["nwb", "damaged.nwb", 4000],
])(
  "%s with a byte altered: what comes is a movie or an InteropError",
  async (format, name, most) => {
    const path = await exported(format, name);
    const whole = await readFile(path);
    const size = Math.min(most, whole.length);
    let refused = 0;
    for (let i = 0; i < DAMAGES; i++) {
      const bytes = Buffer.from(whole);
      // Spread over where the file describes itself; every bit of a byte has its turn but the highest, by which a name would be no UTF-8, of which
      // HDF5's library tells the console.
      const place = Math.floor((i * size) / DAMAGES);
      bytes[place] = bytes[place]! ^ (1 << (i % 7));
      await writeFile(path, bytes);
      try {
        const { frames } = await readMovie(path, { ffmpeg: at("none") });
        for await (const { data } of frames()) expect(data.length).toBeGreaterThan(0);
      } catch (error) {
        expect(error).toBeInstanceOf(InteropError);
        expect((error as Error).message).toContain(name);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(0);
  },
);
