// A recording of half a second.
import { Spec, type SpecInput } from "minisim";

export const spec: SpecInput = {
  acquisition: {
    fps: 20,
    duration_s: 0.5,
    image_sensor: { n_px_height: 48, n_px_width: 40, pixel_pitch_um: 24 },
  },
  seed: 2,
  steps: [
    { kind: "place_neurons", density_per_mm3: 40_000 },
    { kind: "cell_activity" },
    { kind: "optics" },
    { kind: "composite" },
    { kind: "sensor" },
  ],
};

export const recordingKey = Spec.cacheKey(Spec.parse(spec));
