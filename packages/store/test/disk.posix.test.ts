// A disk that is full and a folder that may not be written, for real: a process with a limit on the size of its files, which
// needs no privilege and no disk of its own, and a process of a user without rights.
import { execFile } from "node:child_process";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openRecordingAt } from "@minisim/store/node";
import { afterEach, beforeEach, expect, test } from "vitest";

const runner = fileURLToPath(import.meta.resolve("@minisim/build/run"));
const child = fileURLToPath(new URL("disk-child.ts", import.meta.url));
const NOBODY = "65534";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "minisim-disk-"));
});
afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true, force: true });
});

/** Saves a recording in a child under a shell's limits; what it printed. */
async function save(limits: string, ...words: string[]): Promise<string> {
  const command = `${limits} exec "$0" "$@"`;
  const all = ["-c", command, process.execPath, runner, child, ...words];
  const { stdout } = await promisify(execFile)("bash", all);
  return stdout;
}

test("without limits the child saves its recording", async () => {
  const path = join(folder, "a.zarr");
  expect(await save("", path)).toBe("");
  const { attributes } = await openRecordingAt(path);
  expect(attributes.complete).toBe(true);
});

test("a file that may not grow: one sentence, and nothing is left", async () => {
  const path = join(folder, "a.zarr");
  // In units of 1024 bytes: enough for every document, too little for the first large array.
  const { code, message } = JSON.parse(await save("ulimit -f 100;", path));
  expect(code).toBe("no_space");
  expect(message).toMatch(/^A file may not grow as large as .*a\.zarr\.partial.* must\.$/);
  expect(await readdir(folder)).toEqual([]);
});

test("a folder without permission: one sentence, and nothing is left", async () => {
  await chmod(folder, 0o555);
  const path = join(folder, "a.zarr");
  const { code, message } = JSON.parse(await save("", path, NOBODY));
  expect(code).toBe("no_permission");
  expect(message).toBe(`There is no permission to use ${path}.`);
  expect(await readdir(folder)).toEqual([]);
});
