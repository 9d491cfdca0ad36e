// What the oracle costs on Miniscope V4 × CA1: npx tsx -C @minisim/source packages/scoring/bench/oracle.ts [frames]
// As the preset is, with shifts and a moving focus, and without motion. The movie is rendered before and lies in memory.
import { demixOracle } from "@minisim/scoring";
import { buildSpec, simulate, vary } from "minisim";

const frames = Number(process.argv[2] ?? 96);
const preset = buildSpec("miniscope_v4", "ca1", { duration_s: frames / 20 });
const still = vary(preset, { "steps.brain_motion": null });

for (const [name, spec] of Object.entries({ "as it is": preset, "without motion": still })) {
  const recording = await simulate(spec);
  const began = performance.now();
  let first = 0;
  const { C, background, worst_violation } = await demixOracle(recording, {
    onProgress: ({ done }) => {
      if (done === 1) first = performance.now();
    },
  });
  const all_s = (performance.now() - began) / 1000;
  const rest_ms = (performance.now() - first) / (frames - 1);
  process.stdout.write(
    `${name}: ${C.shape[0]} cells, ${background.shape[0]} backgrounds, ${frames} frames: ${all_s.toFixed(1)} s, ${rest_ms.toFixed(0)} ms a frame after the first, violation ${worst_violation.toExponential(1)}\n`,
  );
}
