// A disk that is full and a folder that may not be written, for real: a process with a limit on the size of its files, which
// needs no privilege and no disk of its own, and a process of a user without rights.
import { execFile } from "node:child_process";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { exportRecording } from "@minisim/interop";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { movieSource } from "./sources.ts";

const runner = fileURLToPath(import.meta.resolve("@minisim/build/run"));
const child = fileURLToPath(new URL("disk-child.ts", import.meta.url));
const NOBODY = "65534";

let folder: string;
beforeAll(async () => {
  // The first run writes the child's bundle, which the limit would cut off.
  const made = await mkdtemp(join(tmpdir(), "minisim-interop-disk-"));
  expect(await exportUnder("", "avi", join(made, "a.avi"))).toBe("");
  await rm(made, { recursive: true });
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "minisim-interop-disk-"));
});
afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true, force: true });
});

/** Exports in a child under a shell's limits; what it printed. */
async function exportUnder(limits: string, ...words: string[]): Promise<string> {
  const command = `${limits} exec "$0" "$@"`;
  const all = ["-c", command, process.execPath, runner, child, ...words];
  const { stdout } = await promisify(execFile)("bash", all);
  return stdout;
}

test.each(["avi", "miniscope_v4", "tiff"])("%s to a file that may not grow", async (format) => {
  const path = join(folder, "made", "out");
  // In units of 1024 bytes: room for headers and texts, not for a movie of 1 MiB.
  const { code, message } = JSON.parse(await exportUnder("ulimit -f 100;", format, path));
  expect(code).toBe("no_space");
  expect(message).toBe(`A file may not grow as large as ${path} must.`);
  expect(await readdir(folder)).toEqual([]);
});

test("into a folder without permission; without limits the same export works", async () => {
  await chmod(folder, 0o555);
  const path = join(folder, "a.avi");
  const { code, message } = JSON.parse(await exportUnder("", "avi", path, NOBODY));
  expect(code).toBe("no_permission");
  expect(message).toBe(`There is no permission to use ${path}.`);
  await chmod(folder, 0o700);
  expect(await exportUnder("", "avi", path)).toBe("");
  expect(await readdir(folder)).toEqual(["a.avi"]);
});

test("among a kernel's own files, where nobody makes more, whoever runs this", async () => {
  const source = await movieSource({ frames: 1, height: 2, width: 2 });
  await expect(exportRecording(source, "npy", "/proc/a.npy")).rejects.toMatchObject({
    name: "PathError",
  });
});
