// kill -9 at any moment, resume, and nothing shows: the store has the bytes of one that was never disturbed.
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simulateToStore } from "minisim/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { filesOf } from "./files.ts";
import { run as runProgram } from "./killed.ts";
import { fiveChunks as spec } from "./specs.ts";

/** MINISIM_KILLS=50 for the full proof. */
const KILLS = Number(process.env.MINISIM_KILLS ?? 8);

const run = (path: string, after_ms?: number) =>
  runProgram("kill-child.ts", [path, JSON.stringify(spec)], after_ms);

let folder = "";
let whole = new Map<string, string>();
let duration_ms = 0;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "minisim-kill-"));
  const path = join(folder, "whole.zarr");
  ({ duration_ms } = await run(path));
  whole = filesOf(path);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LOCK = ".killed.zarr.minisim-lock";

/** In 0 … 1, by number alone. */
function fraction(number: number): number {
  return ((Math.imul(number + 1, 0x9e3779b1) >>> 0) % 1024) / 1024;
}

test(`${KILLS} kills, some of them of a run that resumes already`, {
  timeout: 600_000 + KILLS * 60_000,
}, async () => {
  expect(whole.size).toBeGreaterThan(30);
  let kills = 0;
  for (let attempt = 0; kills < KILLS; attempt++) {
    const path = join(folder, "killed.zarr");
    const { killed } = await run(path, fraction(attempt) * duration_ms);
    if (killed) kills++;
    // One that was killed after its last act has left the whole recording, and nothing to resume.
    const goesOn = killed && attempt % 3 === 0 && !existsSync(path);
    if (goesOn && kills < KILLS) continue;
    if (!existsSync(path)) await simulateToStore(spec, path, { resume: true });
    const files = filesOf(path);
    expect([...files.keys()]).toEqual([...whole.keys()]);
    const different = [...files].filter(([name, bytes]) => bytes !== whole.get(name));
    expect(different.map(([name]) => name)).toEqual([]);
    // The lock of a dead process is taken over by the next one.
    const left = readdirSync(folder).filter((name) => !killed || name !== LOCK);
    expect(left.sort()).toEqual(["killed.zarr", "whole.zarr"]);
    rmSync(path, { recursive: true });
  }
});
