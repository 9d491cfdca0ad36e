// Adds a step of one's own to the built-in ones: a filter before the sensor that takes half of the light.
import { defineStep, modulate } from "@minisim/pipeline";
import { builtinSteps, createSimulator } from "minisim";
import { z } from "zod";

const greyFilter = defineStep({
  kind: "grey_filter",
  revision: 1,
  domain: "sensor",
  after: ["leakage"],
  before: ["sensor"],
  summary: "A grey filter in front of the sensor.",
  sources: [],
  params: z.strictObject({ transmission: z.number().min(0).max(1).default(0.5) }),
  compile({ params, geometry: { fov } }) {
    const field = new Float64Array(fov.height * fov.width).fill(params.transmission);
    return { frames: modulate(field) };
  },
});

const { simulate } = createSimulator({ steps: [...builtinSteps, greyFilter] });
const { observed } = await simulate({
  acquisition: { duration_s: 0.5, image_sensor: { n_px_height: 32, n_px_width: 32 } },
  steps: [
    { kind: "leakage", profile: "uniform", level: 3 },
    { kind: "grey_filter", transmission: 0.25 },
  ],
});
console.log("light of every pixel:", [...new Set(observed.data)].join(", "));

// Prints:
// light of every pixel: 0.75
