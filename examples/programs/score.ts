// Scores what an analysis found against the truth.
import { roiPipeline, score } from "@minisim/scoring";
import { makeRecording } from "@minisim/testing";

// 6 cells on 128 × 128 pixels, made for tests; any recording will do.
const recording = await makeRecording();

// Your pipeline stands here. It gives footprints, and C, S and shifts if it estimates them.
const estimate = await roiPipeline(recording, { radius_um: 5 });

const report = score(estimate, recording.ground_truth);
console.log(report.summary());

// Prints:
// recall 1.00 (4 of 4 detectable cells; 6 planted), precision 1.00 (4 of 4 found, and 2 of undetectable cells), F1 1.00, median trace r 0.99
