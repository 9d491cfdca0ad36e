// The example of the README, run in an environment that has what it needs. Needs .venv-interop (.ci/interop-venv.sh).
import { fileURLToPath } from "node:url";
import { readEstimate } from "@minisim/interop";
import { loadAdapter, preparePipeline, runPipeline } from "@minisim/pipelines";
import { score } from "@minisim/scoring";
import { expect, test } from "vitest";
import { cache } from "./recorded.ts";
import { smallRecording } from "./small-recording.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

test("the example runs, and finds cells", async () => {
  const adapter = await loadAdapter(here("../../../examples/pipeline"));
  const python = here("../../../.venv-interop/bin/python");
  const prepared = await preparePipeline(adapter, {
    cache: cache(),
    python,
    parameters: { share: 0.1 },
  });
  const { recording, recordingKey } = await smallRecording();
  const stages: string[] = [];
  const { result, document, release } = await runPipeline(prepared, {
    recording,
    recordingKey,
    onProgress: ({ stage }) => stages.push(stage),
  });
  expect(stages.slice(-2)).toEqual(["regions", "traces"]);
  expect(document.environment?.packages.numpy).toBe("2.3.5");
  const shape = recording.observed.shape as [number, number, number];
  const estimate = await readEstimate(result, { recording: { shape, fps: 20 } });
  const { n_matched, n_est } = score(estimate, recording.ground_truth);
  expect(n_est).toBeGreaterThan(0);
  // What flickers most are the brightest cells.
  expect(n_matched).toBeGreaterThan(0);
  await release();
});
