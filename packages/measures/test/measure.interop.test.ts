// The measures of one movie, ours and those of measure.py. Needs .venv-interop (.ci/interop-venv.sh); fails without it.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Measures, measure } from "@minisim/measures";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lively, type MadeMovie } from "./made-movie.ts";
import { type Numbers, pairs } from "./pairs.ts";

const python = fileURLToPath(new URL("../../../.venv-interop/bin/python", import.meta.url));
const script = fileURLToPath(new URL("measure.py", import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "minisim-measures-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function theirs(movie: MadeMovie, radius: number): Promise<Numbers> {
  const path = join(folder, `${movie.container}.raw`);
  await writeFile(path, movie.data);
  const { fps, container, shape } = movie;
  const words = [path, fps, radius, container, ...shape].map(String);
  const { stdout } = await promisify(execFile)(python, [script, ...words]);
  return JSON.parse(stdout) as Numbers;
}

const MOVIES = {
  "8 bit": lively([103, 70, 81], { container: "uint8", scale: 1 }),
  "16 bit": lively([96, 64, 75], { container: "uint16", scale: 20, fps: 30 }),
  float: lively([90, 66, 70], { container: "float32", scale: 0.01, fps: 10 }),
};

describe.each(Object.entries(MOVIES))("%s", (_, movie) => {
  const radius = 4.3;
  let ours: Measures;
  let all: ReturnType<typeof pairs>;
  beforeAll(async () => {
    ours = await measure(movie, { cellRadiusPx: radius });
    all = pairs(await theirs(movie, radius), ours);
  });

  test("exact definitions agree to 1e-6", () => {
    const exact = all.filter(([path]) => !path.startsWith("fluctuation_correlation"));
    const apart = exact.filter(([, a, b]) => {
      if (a === null || b == null) return a !== b;
      // Sums of 1e5 terms that cancel to 0 are left with rounding.
      return Math.abs(a - b) > 1e-6 * Math.abs(a) + 1e-9;
    });
    expect(exact.length).toBeGreaterThan(80);
    expect(apart).toEqual([]);
  });

  test("the correlation by distance agrees as two draws of pairs do", () => {
    const drawn = all.filter(([path]) => path.startsWith("fluctuation_correlation"));
    expect(drawn.length).toBeGreaterThanOrEqual(4);
    // The median of 400 correlations whose sd is at most 0.4 has an sd of 1.25 · 0.4 / 20 = 0.025; the difference of two, √2 of that; 4 sd.
    for (const [, a, b] of drawn) expect(Math.abs(a! - b!)).toBeLessThan(0.14);
  });
});
