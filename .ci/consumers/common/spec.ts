// What all consumers simulate: one second of a Miniscope V4 on a corner of its sensor.
import { buildSpec } from "minisim";

const whole = buildSpec("miniscope_v4", "ca1", { duration_s: 1, seed: 3 });

export const spec = {
  ...whole,
  acquisition: {
    ...whole.acquisition,
    image_sensor: { ...whole.acquisition?.image_sensor, n_px_height: 96, n_px_width: 102 },
  },
};
