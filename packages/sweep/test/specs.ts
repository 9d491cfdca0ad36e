// A spec that simulates in milliseconds: 32 × 32 pixels, 1 s.
import type { Json } from "@minisim/sweep";

export const base = {
  acquisition: {
    fps: 20,
    duration_s: 1,
    image_sensor: { n_px_height: 32, n_px_width: 32, pixel_pitch_um: 24 },
  },
  seed: 0,
  steps: [
    { kind: "place_neurons", populations: [{ density_per_mm3: 40_000 }] },
    { kind: "cell_activity" },
    { kind: "optics" },
    { kind: "composite" },
    { kind: "sensor" },
  ],
};

/** The base with other steps, seed, … */
export const withFields = (fields: Record<string, Json>) => ({ ...base, ...fields });
