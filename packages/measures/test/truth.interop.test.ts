// The measures of a truth, ours and those of truth.py. Needs .venv-interop (.ci/interop-venv.sh); fails without it.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Movie, measureLight, measureTruth, movieOf } from "@minisim/measures";
import { builtinSteps, createSimulator, liveRecording, noiselessRecordings } from "minisim";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cellsInView } from "../src/truth/cells-in-view.ts";
import { type Numbers, pairs } from "./pairs.ts";

const python = fileURLToPath(new URL("../../../.venv-interop/bin/python", import.meta.url));
const script = fileURLToPath(new URL("truth.py", import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "minisim-truth-"));
});
afterAll(() => rm(folder, { recursive: true }));

const simulator = createSimulator({ steps: [...builtinSteps] });

/** A minute of crowded cells, few of which can be found, some beyond the edges; without a sensor all in focus are detectable. */
const spec = (fps: number, hasSensor: boolean) =>
  simulator.Spec.parse({
    acquisition: {
      duration_s: 70,
      fps,
      image_sensor: { n_px_height: 90, n_px_width: 70, pixel_pitch_um: 8 },
      optics: { magnification: 4 },
    },
    seed: 5,
    steps: [
      { kind: "place_neurons", density_per_mm3: 20000, depth_range_um: [20, 120] },
      { kind: "cell_activity" },
      { kind: "optics" },
      { kind: "composite" },
      { kind: "brain_motion" },
      ...(hasSensor ? [{ kind: "sensor", photons_per_um2_s: 200 }] : []),
    ],
  });

test.each([
  [20, true],
  [7.5, false],
])("at %d Hz, sensor %s: all definitions agree to 1e-6", async (fps, hasSensor) => {
  const plan = simulator.compile(spec(fps, hasSensor));
  const recorded = liveRecording(plan);
  const { light, cells } = noiselessRecordings(plan);
  const movies = { observed: movieOf(recorded), light: movieOf(light), cells: movieOf(cells) };
  const truth = await recorded.truth();
  const { units, footprints } = cellsInView(truth);
  const { C, S, detectable } = truth.subset(units);
  const { height, width } = footprints.canvas;
  const arrays = {
    footprints: {
      data: footprints.toDense(),
      type: "float32",
      shape: [units.length, height, width],
    },
    detectable: { data: detectable.data, type: "uint8", shape: [units.length] },
    C: { data: C.data, type: "float64", shape: C.shape },
    S: { data: S.data, type: "float64", shape: S.shape },
  };
  for (const [name, movie] of Object.entries(movies)) {
    const { container: type, shape } = movie;
    Object.assign(arrays, { [name]: { data: await framesOf(movie), type, shape } });
  }
  for (const [name, { data }] of Object.entries(arrays)) await writeFile(join(folder, name), data);
  const shapes = Object.entries(arrays).map(([name, { type, shape }]) => [name, [type, shape]]);
  await writeFile(join(folder, "shapes.json"), JSON.stringify(Object.fromEntries(shapes)));
  const { stdout } = await promisify(execFile)(python, [script, folder, `${fps}`, "2"]);
  const ours = {
    ...measureTruth(truth, { fps, pixel_size_um: 2 }),
    light: await measureLight(movies.observed, movies),
  };
  const all = pairs(JSON.parse(stdout) as Numbers, ours);
  expect(units.length).toBeGreaterThan(20);
  expect(units.length).toBeLessThan(truth.n_units);
  expect(all.length).toBeGreaterThan(110);
  expect(all.filter(([, a, b]) => !(Math.abs(a! - b!) <= 1e-6 * Math.abs(a!) + 1e-9))).toEqual([]);
});

async function framesOf(movie: Movie): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const { data } of movie.frames()) {
    parts.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice());
  }
  return Buffer.concat(parts);
}
