// The acquisition_faults step: what the way from the sensor to the disk does to frames, and a log of it.
import { assemble, defineStep } from "@minisim/pipeline";
import { name, version } from "../package.json";
import { logOf, timestampsOf } from "./log.ts";
import { params } from "./params.ts";

export const acquisitionFaults = defineStep({
  kind: "acquisition_faults",
  package: { name, version },
  revision: 1,
  domain: "sensor",
  after: ["sensor"],
  last: true,
  summary: "Lost, duplicated, torn and striped frames, and timestamps that jitter.",
  sources: [
    "Phenomenological; rates from the log of an acquisition",
    "test data of mio 0.12.1 (stripes of a wireless Miniscope)",
  ],
  params,
  truth: {
    acquisition_fault: {
      dims: ["frame"],
      unit: "1",
      description:
        "Sum of what is wrong with the frame: 1 lost, 2 delivered before, 4 torn, 8 striped; 0: nothing.",
    },
    source_frame: {
      dims: ["frame"],
      unit: "1",
      description: "The frame of the truth that the delivered frame shows; −1: it is black.",
    },
    torn_row: {
      dims: ["frame"],
      unit: "px",
      description: "First row that does not show it; the height where the frame is not torn.",
    },
    torn_source_frame: {
      dims: ["frame"],
      unit: "1",
      description:
        "The frame of the truth that the rows from torn_row on show; −1: they are black.",
    },
    stripe_amplitude: {
      dims: ["frame"],
      unit: "1",
      description: "Amplitude of the frame's stripes, relative to its mean.",
    },
    stripe_phase: {
      dims: ["frame"],
      unit: "1",
      description: "Phase of the stripes in row 0, in periods.",
    },
    timestamps_s: {
      dims: ["frame"],
      unit: "s",
      description: "When the acquisition notes that the frame came, from the start of frame 0.",
    },
  },
  // Eight columns of a frame, of which one takes about 400 ns.
  work: ({ geometry: { n_frames } }) => ({
    held_bytes: 8 * 8 * n_frames,
    operations: 400 * n_frames,
  }),
  compile({ params, geometry: { n_frames, fov, fps }, random }) {
    const { fault, upper, lower, tear, amplitude, phase } = logOf(
      params,
      n_frames,
      fov.height,
      random,
    );
    const truth = {
      acquisition_fault: fault,
      source_frame: Float64Array.from(upper),
      torn_row: Float64Array.from(tear),
      torn_source_frame: Float64Array.from(lower),
      stripe_amplitude: amplitude,
      stripe_phase: phase,
      timestamps_s: timestampsOf(params, n_frames, fps, random),
    };
    if (fault.every((code) => code === 0)) return { truth };
    const stripes = { period_px: params.stripe_period_px, amplitude, phase };
    return { truth, frames: assemble({ upper, lower, tear }, stripes) };
  },
});
