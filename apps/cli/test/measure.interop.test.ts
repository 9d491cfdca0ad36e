// What the command measures on a file of a movie, and what measure.py does on the same file. Needs .venv-interop (.ci/interop-venv.sh); fails without it.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeEach, expect, test } from "vitest";
import { type Numbers, pairs } from "../../../packages/measures/test/pairs.ts";
import { at, minisim, write } from "./harness.ts";

const python = fileURLToPath(new URL("../../../.venv-interop/bin/python", import.meta.url));
const script = fileURLToPath(
  new URL("../../../packages/measures/test/measure.py", import.meta.url),
);

/** Enough pixels for all measures but the largest octaves and distances, and all that moves in a recording. */
const SPEC = `
acquisition:
  duration_s: 6
  optics: { magnification: 4 }
  image_sensor: { n_px_height: 72, n_px_width: 80, pixel_pitch_um: 8, bit_depth: 8 }
seed: 4
steps:
  - { kind: place_neurons, density_per_mm3: 20000, depth_range_um: [20, 80] }
  - kind: cell_activity
  - kind: optics
  - kind: composite
  - kind: neuropil
  - kind: brain_motion
  - kind: vignette
  - { kind: sensor, photons_per_um2_s: 500 }
`;
beforeEach(() => write("spec.yaml", SPEC));

test.each(["movie.npy", "movie.tif", "movie.avi"])(
  "%s: exact definitions agree to 1e-6",
  async (name) => {
    expect((await minisim(["export", "spec.yaml", "-o", name, "--quiet"])).code).toBe(0);
    const words = ["--fps", "20", "--cell-radius-px", "4"];
    const { code, out } = await minisim(["measure", name, ...words, "--json"]);
    expect(code).toBe(0);
    const { stdout } = await promisify(execFile)(python, [script, at(name), "20", "4"]);
    const all = pairs(JSON.parse(stdout) as Numbers, JSON.parse(out));
    // Of this one the pairs of points are drawn.
    const exact = all.filter(([path]) => !path.startsWith("fluctuation_correlation"));
    expect(exact.length).toBeGreaterThan(80);
    const apart = exact.filter(([, a, b]) => {
      if (a === null || b == null) return a !== b;
      // Sums of 1e5 terms that cancel to 0 are left with rounding.
      return Math.abs(a - b) > 1e-6 * Math.abs(a) + 1e-9;
    });
    expect(apart).toEqual([]);
  },
);
