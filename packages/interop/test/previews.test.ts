import { readFile } from "node:fs/promises";
import { exportRecording } from "@minisim/interop";
import { describe, expect, test } from "vitest";
import { stretchBy } from "../src/contrast.ts";
import { decimationOf, shrink } from "../src/gif/decimate.ts";
import { temporaryFolder } from "./folder.ts";
import { movieSource } from "./sources.ts";

const at = temporaryFolder();

describe("contrast", () => {
  const limits = { low_percentile: 10, high_percentile: 90 };

  test("percentiles become black and white; what is beyond is cut off", () => {
    const values = Uint16Array.from({ length: 101 }, (_, i) => 1000 + 10 * i);
    const shown = stretchBy([values], limits)(values);
    // The middle is 127.5, but for rounding.
    expect([shown[0], shown[10], shown[50], shown[90], shown[100]]).toEqual([0, 0, 127, 255, 255]);
  });

  test("the frames decide together", () => {
    const stretch = stretchBy([new Float32Array(50), new Float32Array(50).fill(2)], limits);
    expect([...stretch(Float32Array.of(0, 1, 2))]).toEqual([0, 128, 255]);
  });

  test("a movie of one value is black", () => {
    expect([...stretchBy([new Uint8Array(9).fill(7)], limits)(Uint8Array.of(7, 9))]).toEqual([
      0, 0,
    ]);
  });
});

describe("decimation", () => {
  test("keeps to both limits", () => {
    expect(decimationOf([3000, 608, 600], 150, 320)).toEqual({
      ...{ side: 2, every: 20 },
      ...{ height: 304, width: 300 },
    });
    expect(decimationOf([10, 5, 7], 150, 320)).toEqual({ side: 1, every: 1, height: 5, width: 7 });
    expect(decimationOf([10, 2, 1000], 150, 100)).toEqual({
      ...{ side: 2, every: 1 },
      ...{ height: 1, width: 500 },
    });
  });

  test("averages squares", () => {
    const small = shrink([1, 3, 9, 5, 7, 9], 3, { side: 2, every: 1, height: 1, width: 1 });
    expect([...small]).toEqual([4]);
  });
});

test("a GIF has the frames, the size and the pace that were asked for", async () => {
  const movie = { frames: 30, height: 20, width: 33, fps: 20 };
  const settings = { max_frames: 10, max_pixels: 16, speed: 0.5 };
  await exportRecording(await movieSource(movie), "gif", at("a.gif"), { settings });
  const gif = await readFile(at("a.gif"));
  expect(gif.toString("latin1", 0, 6)).toBe("GIF89a");
  // Squares of 3: 33 / 16, rounded up.
  expect([gif.readUInt16LE(6), gif.readUInt16LE(8)]).toEqual([11, 6]);
  const delays = graphicControls(gif).map((at) => gif.readUInt16LE(at + 4));
  // Every third frame of 20 Hz at half the speed: 300 ms, in hundredths of a second.
  expect(delays).toEqual(new Array(10).fill(30));
  expect(gif.toString("latin1", gif.lastIndexOf(0x3b))).toBe(";minisim-output 1 gif");
});

/** Where the extensions that precede frames begin: 21 F9 04. */
function graphicControls(gif: Buffer): number[] {
  const found: number[] = [];
  const introducer = Buffer.from([0x21, 0xf9, 0x04]);
  for (let from = gif.indexOf(introducer); from >= 0; from = gif.indexOf(introducer, from + 1)) {
    found.push(from);
  }
  return found;
}

test("a video without ffmpeg is refused in a sentence", async () => {
  const source = await movieSource({ frames: 2, height: 4, width: 4 });
  const settings = { ffmpeg: "no-such-ffmpeg" };
  await expect(exportRecording(source, "mp4", at("a.mp4"), { settings })).rejects.toMatchObject({
    code: "unsupported",
    message: expect.stringContaining("There is no program no-such-ffmpeg here; install ffmpeg"),
  });
});
