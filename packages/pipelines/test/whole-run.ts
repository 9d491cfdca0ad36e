// One pipeline whole on the small recording, in an environment that is made for it, and its matches counted anew in NumPy.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { exportRecording, readEstimate } from "@minisim/interop";
import {
  loadAdapter,
  preparePipeline,
  type RunDocument,
  runPipeline,
  type Values,
} from "@minisim/pipelines";
import { type Estimate, type Report, score } from "@minisim/scoring";
import { openCache } from "@minisim/sweep/node";
import { expect } from "vitest";
import { at } from "./recorded.ts";
import { smallRecording } from "./small-recording.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

interface WholeRun {
  readonly document: RunDocument;
  readonly report: Report;
  /** What likeness.py counts from the pipeline's own files. */
  readonly theirs: { readonly recall: number; readonly pairs: readonly unknown[] };
}

/** Environments stay in a cache of the repository, as those of the other interop tests do; the run itself is new each time. */
export async function wholeRun(name: string): Promise<WholeRun> {
  const { recording, recordingKey } = await smallRecording();
  const cache = openCache(here("../../../.venv-of-pipelines"));
  const prepared = await preparePipeline(await loadAdapter(name), { cache });
  const { result, document, release } = await runPipeline(prepared, {
    recording,
    recordingKey,
    again: true,
  });
  try {
    const shape = recording.observed.shape as [number, number, number];
    const estimate = await readEstimate(result, {
      format: document.result.format,
      recording: { shape, fps: document.recording.fps },
    });
    // Theirs knows no shift of all footprints at once.
    const report = score(estimate, recording.ground_truth, { footprint_shift: null });
    await exportRecording(recording, "npz", at(`${name}.npz`));
    const environment = await prepared.environment!.open({});
    try {
      const python = (...words: string[]) => promisify(execFile)(environment.python, words);
      const { height, width } = document.recording;
      await python(here("footprints.py"), name, result, at("A.npy"), `${height}`, `${width}`);
      const likeness = here("../../interop/test/likeness.py");
      const { stdout } = await python(likeness, at(`${name}.npz`), at("A.npy"));
      return { document, report, theirs: JSON.parse(stdout) };
    } finally {
      await environment.release();
    }
  } finally {
    await release();
  }
}

/** What a pipeline finds with these parameters, in the environment of `wholeRun`. */
export async function foundBy(name: string, parameters: Values): Promise<Estimate> {
  const { recording, recordingKey } = await smallRecording();
  const cache = openCache(here("../../../.venv-of-pipelines"));
  const prepared = await preparePipeline(await loadAdapter(name), { parameters, cache });
  const { result, document, release } = await runPipeline(prepared, { recording, recordingKey });
  try {
    const shape = recording.observed.shape as [number, number, number];
    const { format } = document.result;
    return await readEstimate(result, {
      format,
      recording: { shape, fps: document.recording.fps },
    });
  } finally {
    await release();
  }
}

/** Both count the same, and the run has not gone wrong. */
export function expectMostFound({ report, theirs }: WholeRun): void {
  expect(theirs.pairs.length).toBeGreaterThan(0);
  expect([report.recall, report.n_matched]).toEqual([theirs.recall, theirs.pairs.length]);
  // suite2p found 17 of 23, all of them cells, with r 0.95 in the median. Half of that would be a run gone wrong.
  expect(report.recall).toBeGreaterThan(0.4);
  expect(report.precision).toBeGreaterThan(0.5);
  expect(report.median_trace_corr).toBeGreaterThan(0.5);
  // Truth moves by 5 px; a correction that does nothing leaves more than one.
  expect(report.shift_rmse).toBeLessThan(1);
}
