// Devices in place of a sweep file and of its base.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSweepFile } from "@minisim/sweep/node";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "minisim-sweep-file-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a device is neither a sweep file nor a base", async () => {
  const path = join(folder, "SWEEP.yaml");
  writeFileSync(path, "base: /dev/zero\naxes: { seed: [1, 2] }\n");
  await expect(loadSweepFile(path)).rejects.toThrow("/dev/zero is a device, not a file.");
  await expect(loadSweepFile("/dev/zero")).rejects.toThrow("/dev/zero is a device, not a file.");
});
