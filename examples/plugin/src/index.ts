// fixed_pattern_noise: what a real image sensor adds that the sensor step leaves out. Everything here is public API.
import { accumulate, defineStep, facts, modulate } from "@minisim/pipeline";
import { name, version } from "../package.json";
import { params } from "./params.ts";
import { darkField, responseField, timesDark } from "./pattern.ts";
import { sensorWarmthK } from "./warmth.ts";

export { ledFlicker } from "./led-flicker.ts";
export { bendLight, softSaturation } from "./soft-saturation.ts";
export { sensorHeating, sensorWarmthK } from "./warmth.ts";

export const fixedPatternNoise = defineStep({
  kind: "fixed_pattern_noise",
  package: { name, version },
  revision: 1,
  domain: "sensor",
  after: ["illumination_profile", "vignette", "leakage"],
  summary: "Uneven pixel sensitivity, dark electrons and hot pixels.",
  sources: ["EMVA Standard 1288, release 4.0 (PRNU, DSNU)"],
  params,
  truth: {
    pixel_response: {
      dims: ["height", "width"],
      unit: "1",
      description: "Relative sensitivity of each pixel.",
    },
    dark_electrons: {
      dims: ["height", "width"],
      unit: "e-",
      description: "Mean dark electrons of each pixel in one frame.",
    },
  },
  work: ({ geometry: { fov } }) => ({ field_px: 2 * fov.height * fov.width }),
  compile({ params, geometry: { fov }, scene, random, warn }) {
    const { height, width } = fov;
    const response = responseField(height, width, params.response_cv, random.key("response"));
    const exposure = scene.get(facts.exposure);
    if (!exposure) {
      warn("no_exposure", "Without a sensor there are no electrons: dark electrons are left out.");
      return { truth: { pixel_response: response }, frames: modulate(response) };
    }
    const hot = { fraction: params.hot_pixel_fraction, mean: params.hot_pixel_e };
    const cool = darkField(height * width, params.dark_e, hot, random.stream("dark"));
    const dark = timesDark(cool, scene.get(sensorWarmthK));
    // Dark electrons have shot noise like any others, so they enter as the light that would make them.
    const perElectron = 1 / (exposure.photons_per_unit * exposure.quantum_efficiency);
    const asLight = { height, width, count: 1, data: dark.map((e) => e * perElectron) };
    return {
      truth: { pixel_response: response, dark_electrons: dark },
      frames: [modulate(response), accumulate(asLight, { constant: Float64Array.of(1) })],
    };
  },
});
