// The sensor step: photons to electrons to counts. The only built-in step that makes integers.
import { defineStep, digitize, facts } from "@minisim/pipeline";
import { quantity } from "@minisim/spec";
import { z } from "zod";

export const sensor = defineStep({
  kind: "sensor",
  revision: 1,
  domain: "sensor",
  last: true,
  summary: "Image sensor: photon shot noise, read noise, gain, quantization, clipping.",
  sources: ["Janesick 2007, Photon Transfer, doi:10.1117/3.725073"],
  params: z.strictObject({
    photons_per_unit: quantity({
      unit: "photon",
      min: 1e-6,
      max: 1e9,
      description: "Photons that one unit of light brings to a pixel in one frame",
      source:
        "600 for a Miniscope V4, which gives counts in the middle of its 8 bits; 1e-6: darkness; 1e9: beyond any full well",
    }).default(100),
  }),
  announce: ({ params, acquisition: { image_sensor } }) =>
    facts.exposure.of({
      photons_per_unit: params.photons_per_unit,
      quantum_efficiency: image_sensor.quantum_efficiency,
      read_noise_e: image_sensor.read_noise_e,
    }),
  compile({ params, acquisition: { image_sensor }, random }) {
    const { quantum_efficiency, read_noise_e, gain_adu_per_e, bit_depth } = image_sensor;
    const { photons_per_unit } = params;
    const model = { photons_per_unit, quantum_efficiency, read_noise_e, gain_adu_per_e, bit_depth };
    return { frames: digitize(model, random.key("noise")) };
  },
});
