// The standard job: Miniscope V4 × CA1 with all twelve steps, 150 s at 20 fps, streamed to a store on disk. Prints what it cost:
//   npm run bench            (npm run bench -- 10: a shorter recording, in seconds)
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSpec, compile } from "minisim";
import { simulateToStore } from "minisim/node";

const duration_s = Number(process.argv[2] ?? 150);
const extra_steps = [{ kind: "bleaching" }, { kind: "brain_motion" }];
const spec = buildSpec("miniscope_v4", "ca1", { duration_s, extra_steps });

const steps: { kind: string; at: number }[] = [];
const start = performance.now();
const plan = compile(spec, { onStep: (kind) => steps.push({ kind, at: performance.now() }) });
const compiled = performance.now();

const folder = mkdtempSync(join(tmpdir(), "minisim-bench-"));
let rss = 0;
try {
  await simulateToStore(plan, join(folder, "standard.zarr"), {
    onProgress: () => {
      rss = Math.max(rss, process.memoryUsage.rss());
    },
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const done = performance.now();

const frames = plan.program.geometry.n_frames;
const lines = steps.map(({ kind, at }, i) => [kind, (steps[i + 1]?.at ?? compiled) - at] as const);
const report = [
  ...lines.map(([kind, ms]) => `compile ${kind.padEnd(22)} ${ms.toFixed(0).padStart(6)} ms`),
  `compile, all                   ${(compiled - start).toFixed(0).padStart(6)} ms`,
  `render and store               ${((done - compiled) / frames).toFixed(2).padStart(6)} ms a frame`,
  `whole job                      ${((frames / (done - start)) * 1000).toFixed(0).padStart(6)} frames/s, ${frames} frames, ${plan.scene.cells.count} cells`,
  `largest resident set           ${(rss / 2 ** 20).toFixed(0).padStart(6)} MiB`,
];
process.stdout.write(`${report.join("\n")}\n`);
