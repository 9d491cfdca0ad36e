// Disks that are full, locked or broken, played by a file system that fails on demand: tests may run as root, whom no
// permission stops.
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { saveRecording } from "@minisim/store/node";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeRecording } from "./make.ts";

const fault = vi.hoisted(() => ({ code: "", after: 0 }));

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  const writeFile: typeof real.writeFile = async (...words) => {
    if (fault.code !== "" && fault.after-- <= 0) {
      throw Object.assign(new Error(`${fault.code}: deep inside`), { code: fault.code });
    }
    return real.writeFile(...words);
  };
  return { ...real, writeFile };
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "minisim-store-"));
});
afterEach(async () => {
  fault.code = "";
  await rm(folder, { recursive: true, force: true });
});

test.each([
  ["ENOSPC", 0, "no_space", /^There is no space left on the disk of .*a\.zarr\.$/],
  ["ENOSPC", 30, "no_space", /^There is no space left on the disk of /],
  ["EDQUOT", 3, "no_space", /^The disk quota is used up; /],
  ["EACCES", 0, "no_permission", /^There is no permission to use /],
  ["EROFS", 0, "no_permission", / is on a read-only file system\.$/],
  ["EIO", 50, "io", /^The file system failed on .* \(EIO\)\.$/],
])("%s at write %i is one sentence, and nothing is left", async (code, after, kind, message) => {
  Object.assign(fault, { code, after });
  const path = join(folder, "a.zarr");
  const error = await saveRecording(makeRecording(), path).catch((e) => e);
  expect(error).toMatchObject({ name: "PathError", code: kind });
  expect(error.message).toMatch(message);
  expect(error.cause).toMatchObject({ code });
  expect(await readdir(folder)).toEqual([]);
});
