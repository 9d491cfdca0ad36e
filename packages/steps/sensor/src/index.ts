// The sensor step: photons to electrons to counts. The only built-in step that makes integers.
import { defineStep, digitize, facts } from "@minisim/pipeline";
import { exposureOf, photonsPerUnit } from "@minisim/sensor";
import { type Acquisition, type Geometry, geometryOf, quantity } from "@minisim/spec";
import { z } from "zod";
import { name, version } from "../package.json";
import { firstEdition } from "./first-edition.ts";
import { sensorPatterns } from "./patterns.ts";
import { sensorWork } from "./work.ts";

export const sensor = defineStep({
  kind: "sensor",
  package: { name, version },
  revision: 2,
  domain: "sensor",
  last: true,
  summary:
    "Image sensor: shot noise, dark current, fixed patterns, row noise, full well, gain, black level, quantization, clipping.",
  sources: [
    "Janesick 2007, Photon Transfer, doi:10.1117/3.725073",
    "EMVA Standard 1288, release 4.0 (PRNU, DSNU)",
  ],
  params: z.strictObject({
    photons_per_um2_s: quantity({
      unit: "photon/(µm² s)",
      min: 1e-6,
      max: 1e12,
      description:
        "Photons that reach the sensor in a second from a square micrometre of tissue of unit light, at a collection of 1",
      source:
        "1e5: an estimate, which gives a pixel of 1.5 µm at 20 Hz, NA 0.3 and 20 times a cell's light about 20 000 photons; 1e-6: darkness; 1e12: beyond any full well",
    }).default(1e5),
  }),
  firstEdition,
  truth: {
    sensor_sensitivity: {
      dims: ["height", "width"],
      unit: "1",
      description: "Sensitivity of each pixel relative to a usual one; absent without any pattern.",
    },
    sensor_dark: {
      dims: ["height", "width"],
      unit: "e⁻",
      description:
        "Mean dark electrons of each pixel in one frame, hot pixels included; absent without any pattern.",
    },
    sensor_offset: {
      dims: ["height", "width"],
      unit: "e⁻",
      description:
        "Fixed offset of each pixel, with its row's and its column's; absent without any pattern.",
    },
  },
  announce: ({ params, acquisition, geometry }) =>
    facts.exposure.of(exposureFor(params.photons_per_um2_s, acquisition, geometry)),
  work: sensorWork,
  compile({ params, acquisition, random }) {
    const geometry = geometryOf(acquisition);
    const exposure = exposureFor(params.photons_per_um2_s, acquisition, geometry);
    const patterns = sensorPatterns(acquisition.image_sensor, geometry, random);
    return {
      ...(patterns && {
        truth: {
          sensor_sensitivity: patterns.sensitivity,
          sensor_dark: patterns.dark_e,
          sensor_offset: patterns.offset_e,
        },
      }),
      frames: digitize(exposure, random.key("noise"), patterns, random.key("rows")),
    };
  },
});

function exposureFor(
  photons_per_um2_s: number,
  { image_sensor }: Acquisition,
  { pixel_size_um, exposure_s }: Geometry,
) {
  const photons = photonsPerUnit(photons_per_um2_s, pixel_size_um, exposure_s);
  return exposureOf(image_sensor, photons, exposure_s);
}
