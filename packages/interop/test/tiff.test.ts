import { exportRecording } from "@minisim/interop";
import { expect, test } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { readTiff } from "./read-tiff.ts";
import { movieSource, movieValues } from "./sources.ts";

const at = temporaryFolder();

test.each([
  { container: "uint8", bits: 8, format: 1, type: "uint8" },
  { container: "uint16", bits: 16, format: 1, type: "uint16" },
  { container: "float32", bits: 32, format: 3, type: "float" },
] as const)("$container: every frame, its tags, and what OME says", async (kind) => {
  const movie = { frames: 7, height: 5, width: 9, container: kind.container, fps: 12.5 };
  const path = at(`${kind.container}.ome.tif`);
  await exportRecording(await movieSource(movie), "tiff", path);
  const { directories, description, strips } = readTiff(path);
  const values = movieValues(movie);
  expect(Buffer.concat(strips)).toEqual(Buffer.from(values.buffer));
  expect(directories).toHaveLength(7);
  for (const tags of directories) {
    const wanted = {
      256: 9,
      257: 5,
      258: kind.bits,
      259: 1,
      262: 1,
      277: 1,
      278: 5,
      339: kind.format,
    };
    expect(Object.fromEntries(tags)).toMatchObject(wanted);
  }
  for (const part of [
    `Type="${kind.type}"`,
    'SizeX="9"',
    'SizeY="5"',
    'SizeT="7"',
    'DimensionOrder="XYCZT"',
    'TimeIncrement="0.08"',
    'PlaneCount="7"',
  ]) {
    expect(description).toContain(part);
  }
});

test("more frames than are listed at a time", async () => {
  const movie = { frames: 2500, height: 1, width: 3 };
  await exportRecording(await movieSource(movie), "tiff", at("many.ome.tif"));
  const { strips } = readTiff(at("many.ome.tif"));
  expect(Buffer.concat(strips)).toEqual(Buffer.from(movieValues(movie)));
});

test("a recording without frames is refused", async () => {
  const source = await movieSource({ frames: 0, height: 3, width: 3 });
  await expect(exportRecording(source, "tiff", at("none.tif"))).rejects.toThrow("has no frames");
});
