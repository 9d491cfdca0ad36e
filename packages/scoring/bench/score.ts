// What scoring costs: a default recording, a score of 1000 × 1000 cells on the field of a Miniscope V4, and the oracle per frame.
// From the root: npx tsx -C @minisim/source packages/scoring/bench/score.ts
import { demixOracle, score } from "@minisim/scoring";
import { makeRecording } from "@minisim/testing";
import { buildSpec, builtin, liveRecording, simulate } from "minisim";

const CELLS = 1000;

async function timed<T>(what: string, run: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await run();
  console.log(`${what}: ${(performance.now() - start).toFixed(0)} ms`);
  return result;
}

for (let k = 0; k < 5; k++) await timed(`makeRecording(), run ${k + 1}`, () => makeRecording());

const region = { soma_radius_um: 6, depth_range_um: [100, 200] };
const spec = buildSpec("miniscope_v4", "ca1", { duration_s: 10 });
const fov_mm2 = (608 * (4.8 / 2.9 / 1000)) ** 2;
const density_per_mm3 = CELLS / fov_mm2 / 0.1;
const { ground_truth: truth } = await simulate({
  ...spec,
  steps: [
    { kind: "place_neurons", ...region, density_per_mm3 },
    ...spec.steps.filter(({ kind }) => kind !== "place_neurons"),
  ],
});
const [height, width] = truth.fov_shape;
const shifted = { top: 3, left: 0, height: height - 3, width: width - 5 };
const footprints = {
  canvas: { height, width },
  length: truth.n_units,
  at: (i: number) => moved.at(i),
};
const moved = truth.observed_footprints.crop(shifted);
console.log(`${truth.n_units} cells, ${height} × ${width} px, ${truth.C.shape[1]} frames`);
console.log(`patches: ${(moved.data.length / 1e6).toFixed(2)} Mpx`);
for (const footprint_shift of [null, "auto"] as const) {
  const report = await timed(`score(), footprint_shift ${footprint_shift}`, () =>
    score({ footprints, C: truth.C, S: truth.S }, truth, { footprint_shift }),
  );
  console.log(`  ${report.summary()}, shift ${report.footprint_shift.join(", ")}`);
}
console.log(`peak RSS: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);

const { steps } = spec;
const still = liveRecording(
  builtin.compile({ ...spec, steps: steps.filter(({ kind }) => kind !== "brain_motion") }),
);
await timed(`demixOracle, ${still.shape.join(" × ")}, still`, () => demixOracle(still));

for (const motion of [undefined, {}]) {
  const recording = await makeRecording({
    n_px: 128,
    duration_s: 5,
    population: { density_per_mm3: 30_000, soma_radius_um: 6, depth_range_um: [0, 150] },
    ...(motion && { motion }),
    extra_steps: [{ kind: "neuropil" }],
  });
  const { n_units } = recording.ground_truth;
  const start = performance.now();
  const { worst_violation } = await demixOracle(recording);
  const ms = (performance.now() - start) / 100;
  console.log(
    `demixOracle, ${n_units} cells, ${motion ? "moving" : "still"}: ${ms.toFixed(1)} ms a frame, worst violation ${worst_violation.toExponential(1)}`,
  );
}
