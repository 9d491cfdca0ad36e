// sensor_heating: a sensor that is warmer than its data sheet assumes. It changes no frame; it announces a fact of this package's own.
import { defineStep, fact } from "@minisim/pipeline";
import { quantity } from "@minisim/spec";
import { z } from "zod";
import { name, version } from "../package.json";

/** How much warmer the sensor is than its data sheet assumes, K; what several steps announce adds up. The name begins with this package's. */
export const sensorWarmthK = fact<number>("fixed_pattern_noise_sensor_warmth_k", {
  neutral: 0,
  merge: (sum, more) => sum + more,
});

export const sensorHeating = defineStep({
  kind: "sensor_heating",
  package: { name, version },
  revision: 1,
  domain: "sensor",
  summary: "A warm sensor: whatever makes dark electrons makes more of them.",
  sources: ["estimate: a closed scope on a head runs some 10 K above the room"],
  params: z.strictObject({
    rise_k: quantity({
      unit: "K",
      min: -100,
      max: 100,
      description: "How much warmer the sensor is than its data sheet assumes",
      source: "10: estimate",
    }).default(10),
  }),
  announce: ({ params }) => sensorWarmthK.of(params.rise_k),
  compile() {},
});
