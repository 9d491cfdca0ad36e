// A recording that a real pipeline takes in a minute: 96 × 96 pixels, 25 s, some thirty cells, light of the background, motion.
import type { Recording } from "@minisim/recording";
import { Spec, type SpecInput, simulate } from "minisim";

const spec: SpecInput = {
  acquisition: {
    duration_s: 25,
    fps: 20,
    optics: { magnification: 3, na: 0.3 },
    image_sensor: { n_px_height: 96, n_px_width: 96, pixel_pitch_um: 6 },
  },
  seed: 3,
  steps: [
    { kind: "place_neurons", density_per_mm3: 25_000, depth_range_um: [40, 70] },
    { kind: "cell_activity", rate_hz: 1, burst_mean: 3 },
    { kind: "optics" },
    { kind: "composite" },
    { kind: "neuropil", level: 1 },
    { kind: "brain_motion", max_shift_um: 8, motion_amplitude_um: 4 },
    { kind: "sensor", photons_per_um2_s: 3000 },
  ],
};

export async function smallRecording(): Promise<{
  readonly recording: Recording;
  readonly recordingKey: string;
}> {
  return { recording: await simulate(spec), recordingKey: Spec.cacheKey(Spec.parse(spec)) };
}
