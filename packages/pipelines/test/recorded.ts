// A folder, a cache and a recording of a fraction of a second, for each test file.
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Recording } from "@minisim/recording";
import { openCache } from "@minisim/sweep/node";
import { Spec, type SpecInput, simulate } from "minisim";
import { afterAll, beforeAll } from "vitest";

let folder = "";
let recording: Recording;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "minisim-pipelines-")));
  recording = await simulate(spec);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const spec: SpecInput = {
  acquisition: {
    fps: 20,
    duration_s: 0.5,
    image_sensor: { n_px_height: 48, n_px_width: 40, pixel_pitch_um: 24 },
  },
  seed: 2,
  steps: [
    { kind: "place_neurons", density_per_mm3: 40_000 },
    { kind: "cell_activity" },
    { kind: "optics" },
    { kind: "composite" },
    { kind: "sensor" },
  ],
};

export const at = (...names: string[]): string => join(folder, ...names);
export const fixture = (name: string): string =>
  fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

export const cache = () => openCache(at("cache"));
/** What every run needs. */
export const input = () => ({
  recording,
  recordingKey: Spec.cacheKey(Spec.parse(spec)),
});
