// kill -9 at any moment of a sweep, again and again: what was finished is never evaluated again, and the table is that of a run that was never disturbed.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCache, runSweep } from "@minisim/sweep/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runChild } from "./child.ts";
import { evaluate, points } from "./run-points.ts";

let home = "";
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "minisim-sweep-kill-"));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** The recorded points, by their place in the sweep. */
function recorded(folder: string): number[] {
  const at = join(folder, "points");
  const files = existsSync(at) ? readdirSync(at).filter((name) => name.endsWith(".json")) : [];
  return files.map((name) => {
    const { cache_key } = JSON.parse(readFileSync(join(at, name), "utf8"));
    return points.variants.findIndex((variant) => variant.cache_key === cache_key);
  });
}

function evaluations(folder: string): number[] {
  const file = join(folder, "evaluations.txt");
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").map(Number) : [];
}

test("killing a sweep and resuming loses and repeats nothing", async () => {
  const folder = join(home, "killed");
  // While it simulates, while it evaluates, just after a point, and some time into whatever comes next.
  const moments = [
    ["frames", 1, 0],
    ["point", 2, 0],
    ["evaluate", 2, 19],
    ["point", 1, 8],
  ] as const;
  let inFlight = 0;
  for (const [what, count, after_ms] of moments) {
    const before = recorded(folder);
    const evaluatedBefore = evaluations(folder).length;
    let seen = 0;
    const { killed } = await runChild("run-child.ts", [folder], (line, child) => {
      if (line === what) seen += 1;
      if (line === what && seen === count) setTimeout(() => child.kill("SIGKILL"), after_ms);
    });
    expect(killed).toBe(true);
    const after = recorded(folder);
    // Nothing that was finished is lost,
    expect(after).toEqual(expect.arrayContaining(before));
    // or evaluated again; at most the one that the kill hit is evaluated without being recorded.
    const evaluated = evaluations(folder).slice(evaluatedBefore);
    expect(evaluated.filter((index) => before.includes(index))).toEqual([]);
    const hit = evaluated.filter((index) => !after.includes(index));
    expect(hit.length).toBeLessThanOrEqual(1);
    inFlight += hit.length;
  }
  const { killed } = await runChild("run-child.ts", [folder]);
  expect(killed).toBe(false);
  expect(evaluations(folder).length).toBe(points.variants.length + inFlight);
  expect(new Set(evaluations(folder)).size).toBe(points.variants.length);

  const undisturbed = join(home, "undisturbed");
  await runSweep(points, evaluate, {
    folder: undisturbed,
    evaluator: "mean 1",
    cache: openCache(join(undisturbed, "cache")),
  });
  for (const name of ["table.csv", "table.parquet"]) {
    expect(readFileSync(join(folder, name), "hex")).toBe(
      readFileSync(join(undisturbed, name), "hex"),
    );
  }
  expect(recorded(folder).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});
