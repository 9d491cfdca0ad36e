import { readdir } from "node:fs/promises";
import { exportRecording } from "@minisim/interop";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { readAvi } from "./read-avi.ts";
import { type MovieOptions, movieSource, movieValues } from "./sources.ts";

const at = temporaryFolder();

async function written(name: string, movie: MovieOptions, settings: Record<string, unknown> = {}) {
  const path = at(name);
  await exportRecording(await movieSource(movie), "avi", path, { settings });
  return readAvi(path);
}

const frame = (movie: MovieOptions, index: number) => {
  const pixels = movie.height * movie.width;
  return Buffer.from(movieValues(movie).subarray(index * pixels, (index + 1) * pixels));
};

// Odd and even products of sides, and a width that needs no padding.
const SIZES = [
  { height: 5, width: 7 },
  { height: 6, width: 7 },
  { height: 3, width: 8 },
  { height: 1, width: 1 },
];

describe.each(SIZES)("$height × $width", (size) => {
  const movie = { frames: 9, ...size };

  test.each(["GREY", "Y800"])("every frame is there, by both indexes, as %s", async (fourcc) => {
    const avi = await written(`${fourcc}${size.height}${size.width}.avi`, movie, { fourcc });
    const frames = Array.from({ length: 9 }, (_, i) => frame(movie, i));
    expect(avi.frames).toEqual(frames);
    expect(avi.legacyFrames).toEqual(frames);
    expect(avi).toMatchObject({ ...size, fourcc, fps: 20, totalFrames: 9 });
  });

  test("a bitmap stands on its head, its rows padded, with a grey palette", async () => {
    const avi = await written(`dib${size.height}${size.width}.avi`, movie, { fourcc: "DIB" });
    const row = Math.ceil(size.width / 4) * 4;
    for (const [i, bitmap] of avi.frames.entries()) {
      const rows = Array.from({ length: size.height }, (_, y) => {
        const from = (size.height - 1 - y) * row;
        return bitmap.subarray(from, from + size.width);
      });
      expect(Buffer.concat(rows)).toEqual(frame(movie, i));
    }
    const { at: format } = avi.chunks.get("strf")!;
    expect(avi.bytes.readUInt32LE(format + 16)).toBe(0);
    expect(avi.bytes.readUInt32LE(format + 40 + 4 * 200)).toBe(200 * 0x010101);
  });
});

test("a long movie goes into several RIFFs, of which old readers see the first", async () => {
  const movie = { frames: 50, height: 61, width: 59 };
  const avi = await written("long.avi", movie, { segment_bytes: 1 << 16 });
  const types = avi.riffs.map(({ at: from }) => avi.bytes.toString("latin1", from, from + 4));
  expect(types).toEqual(["AVI ", "AVIX", "AVIX"]);
  for (const { length } of avi.riffs) expect(length + 8).toBeLessThanOrEqual(1 << 16);
  expect(avi.frames).toEqual(Array.from({ length: 50 }, (_, i) => frame(movie, i)));
  expect(avi.legacyFrames).toEqual(avi.frames.slice(0, avi.legacyFrames.length));
  const { at: main } = avi.chunks.get("avih")!;
  expect(avi.bytes.readUInt32LE(main + 16)).toBe(avi.legacyFrames.length);
  expect(avi.legacyFrames.length).toBeGreaterThan(10);
});

test("a frame rate that is no whole number keeps six digits", async () => {
  const avi = await written("slow.avi", { frames: 2, height: 2, width: 2, fps: 29.97 });
  expect(avi.fps).toBe(29.97);
});

test("what does not fit into 8 bits is refused, with what holds it, and nothing is left", async () => {
  for (const container of ["uint16", "float32"] as const) {
    const source = await movieSource({ frames: 2, height: 3, width: 4, container });
    await expect(exportRecording(source, "avi", at("deep.avi"))).rejects.toMatchObject({
      code: "unsupported",
      message: expect.stringMatching(/8-bit.*tiff, npy, hdf5/),
    });
  }
  const none = await movieSource({ frames: 0, height: 3, width: 4 });
  await expect(exportRecording(none, "avi", at("none.avi"))).rejects.toThrow("has no frames");
  const missing = { settings: { codec: "ffv1", ffmpeg: "no-such-ffmpeg" } };
  const source = await movieSource({ frames: 2, height: 3, width: 4 });
  await expect(exportRecording(source, "avi", at("lossless.avi"), missing)).rejects.toMatchObject({
    code: "unsupported",
    message: expect.stringContaining("There is no program no-such-ffmpeg here"),
  });
  expect((await readdir(at("."))).filter((name) => /deep|none|lossless/.test(name))).toEqual([]);
});
