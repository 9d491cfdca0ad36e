// Parameters of the hemodynamics step.
import { fraction, quantity } from "@minisim/spec";
import { z } from "zod";

const dilation = (description: string, source: string) =>
  fraction({ description, source, max: 0.2 });
const memory = (description: string, source: string) =>
  quantity({ unit: "s", min: 0.1, max: 1e6, description, source });

export const params = z.strictObject({
  vasomotion_dilation: dilation(
    "Standard deviation of the vessels' radius in vasomotion, relative to rest",
    "0.03: an estimate between arterioles, which we take to dilate by 5 to 10 % at most, and veins, which hardly do but in long stimulation (PMC3100929)",
  ).default(0.03),
  vasomotion_frequency_hz: quantity({
    unit: "Hz",
    min: 0.001,
    max: 1,
    description: "Frequency of vasomotion",
    source: "0.1: arterioles of awake mice (doi:10.1038/s41598-025-20221-4, fig. 1)",
  }).default(0.1),
  vasomotion_memory_s: memory(
    "Time over which vasomotion loses its phase and size",
    "20: an estimate, two periods, for its peak in spectra is broad",
  ).default(20),
  heartbeat_dilation: dilation(
    "Standard deviation of the vessels' radius in the heartbeat, relative to rest",
    "0.005: an estimate, arteries pulse by 1 to 2 % and veins hardly",
  ).default(0.005),
  heartbeat_frequency_hz: quantity({
    unit: "Hz",
    min: 0.1,
    max: 30,
    description: "Heart rate",
    source:
      "10.5: 9.7 to 12.7 Hz in awake mice, 5.7 Hz under anaesthesia (doi:10.1038/s41598-025-20221-4, fig. 1)",
  }).default(10.5),
  heartbeat_memory_s: memory(
    "Time over which the heartbeat loses its phase",
    "1: an estimate, ten beats, for the rate of an awake mouse wanders by some tenths of a hertz",
  ).default(1),
  absorbance: quantity({
    unit: "1",
    min: 0,
    max: 10,
    description:
      "Absorbance (natural logarithm) of the blood at rest along the light's way into the tissue and out of it",
    source:
      "0.3: an estimate, 3 % of the tissue is blood with its vessels' walls (doi:10.1186/s12987-023-00421-8, table 1), it absorbs 0.016 per µm (NAOMi1p), and scattering makes the way in and out some 600 µm",
  }).default(0.3),
});
