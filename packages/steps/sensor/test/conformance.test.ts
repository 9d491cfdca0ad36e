import { sensor } from "@minisim/step-sensor";
import { conformance } from "@minisim/step-testkit";

conformance(sensor, {
  neutral: { none: "a sensor always counts" },
  draws: true,
  acquisition: {
    image_sensor: {
      prnu: 0.02,
      dsnu_e: 3,
      row_pattern_e: 2,
      row_noise_e: 2,
      hot_pixel_fraction: 0.01,
    },
  },
  shown: { none: "noise and rounding lie over it: physics.test.ts takes the mean of many frames" },
  golden: new URL("./golden.json", import.meta.url),
});
