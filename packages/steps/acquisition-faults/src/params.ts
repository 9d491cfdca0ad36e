// Parameters of the acquisition_faults step.
import { choice, fraction, quantity } from "@minisim/spec";
import { z } from "zod";

export const params = z.strictObject({
  lost_rate: fraction({
    description: "Probability that a frame is the first of a run of lost frames",
    source: "0.001: an estimate, one gap in a minute at 20 Hz",
  }).default(0.001),
  lost_run_frames: quantity({
    unit: "1",
    min: 1,
    max: 1e6,
    description: "Mean number of frames that are lost in a row",
    source:
      "2: an estimate; the geometric distribution of a buffer that is full in each frame alike",
  }).default(2),
  lost_fill: choice(["repeat", "black"], {
    description:
      "What stands in place of a lost frame: the last one that came, once more, or a black one",
  }).default("repeat"),
  duplicated_rate: fraction({
    description:
      "Probability that a frame is delivered a second time; all that follow come one frame later",
    source: "0: clocked by its sensor; 1/100: polled by a program whose clock is 1 % too fast",
  }).default(0),
  torn_rate: fraction({
    description: "Probability that the lower rows of a frame are still those of the frame before",
    source: "0.0005: an estimate",
  }).default(0.0005),
  striped_rate: fraction({
    description: "Probability that a frame has stripes along its rows",
    source: "0.0005: an estimate; 1: a device with a faulty supply has them in all frames",
  }).default(0.0005),
  stripe_amplitude: quantity({
    unit: "1",
    min: 0,
    max: 1,
    description: "Amplitude of the stripes, relative to the mean of the frame",
    source:
      "0.09: rows of a wireless Miniscope with stripes differ by 6.6 % of the level (standard deviation; test data of mio 0.12.1)",
  }).default(0.09),
  stripe_period_px: quantity({
    unit: "px",
    min: 2,
    max: 1e5,
    description: "Rows from one stripe to the next",
    source: "12: an estimate",
  }).default(12),
  timestamp_jitter_s: quantity({
    unit: "s",
    min: 0,
    max: 10,
    description:
      "Mean delay between the end of a frame and the reading of the clock that stamps it",
    source: "0.002: an estimate, a process that waits for others",
  }).default(0.002),
});
