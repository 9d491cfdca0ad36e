// Processes that write one path at once: one of them wins, the others say who did, and what was good stays good.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SpecInput } from "minisim";
import { openRecording, simulateToStore } from "minisim/node";
import { afterEach, beforeEach, expect, test } from "vitest";
import { minimal } from "./specs.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const runner = fileURLToPath(import.meta.resolve("@minisim/build/run"));
const child = fileURLToPath(new URL("writers-child.ts", import.meta.url));
const spec = {
  ...minimal,
  acquisition: { duration_s: 4, image_sensor: { n_px_height: 96, n_px_width: 96 } },
} satisfies SpecInput;

let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "minisim-writers-"));
  path = join(folder, "r.zarr");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `count` processes that all begin to write once all of them are ready. Returns what each says of its end. */
async function race(count: number, options: object): Promise<string[]> {
  const all = Array.from({ length: count }, () =>
    spawn(process.execPath, [runner, child, path, JSON.stringify(spec), JSON.stringify(options)], {
      cwd: root,
      stdio: ["pipe", "pipe", "inherit"],
    }),
  );
  const said = all.map(() => "");
  const ready = all.map(async (process, i) => {
    process.stdout.on("data", (text) => {
      said[i] += text;
    });
    await once(process.stdout, "data");
  });
  await Promise.all(ready);
  for (const process of all) process.stdin.write("go\n");
  await Promise.all(all.map((process) => once(process, "close")));
  return said.map((text) => text.trim().split("\n").at(-1)!);
}

test.each([
  ["new", {}],
  ["by force, over a good one", { force: true }],
  ["resuming", { resume: true }],
])(
  "three at once, %s",
  async (name, options) => {
    if (name.includes("good")) await simulateToStore(spec, path);
    const ends = await race(3, options);
    const losers = ends.filter((end) => end !== "ok");
    // Whoever comes after the winner has finished replaces it in turn where that was asked for.
    expect(losers.length).toBeLessThan(3);
    for (const end of losers) {
      expect(end).toMatch(/^(held .* is being written by process \d+ on this machine|exists )/);
    }
    const stored = await openRecording(path);
    expect(await stored.verify()).toEqual([]);
    expect(readdirSync(folder)).toEqual(["r.zarr"]);
    expect(existsSync(`${path}.partial`)).toBe(false);
  },
  120_000,
);
