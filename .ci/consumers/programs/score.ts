// A recording made for a test, and an estimate scored against it.

import { roiPipeline, score } from "@minisim/scoring";
import { makeRecording } from "@minisim/testing";

const recording = await makeRecording();
const estimate = await roiPipeline(recording, { radius_um: 5 });
const report = score(estimate, recording.ground_truth);
console.log(JSON.stringify({ recall: report.recall, n_true: report.n_true }));
