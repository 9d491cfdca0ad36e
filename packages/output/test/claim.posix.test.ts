// Locks of processes whose number another process has now: the system tells when each was born.
import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { claim } from "@minisim/output";
import { afterEach, beforeEach, expect, test } from "vitest";

let folder = "";
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "minisim-output-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the lock of an earlier process with a living one's number holds nothing", async () => {
  const lock = join(folder, ".made.minisim-lock");
  const owner = { host: hostname(), pid: process.pid, birth: "an earlier boot" };
  writeFileSync(lock, JSON.stringify({ ...owner, since: new Date().toISOString() }));
  await (await claim(join(folder, "made"), { kind: "text", form: "file" })).abort();
  expect(existsSync(lock)).toBe(false);
});
