// The parameters.
import { fraction, quantity } from "@minisim/spec";
import { z } from "zod";

const GATE_SOURCE = "CaLab's moderate activity level";

export const cellActivityParams = z.strictObject({
  spike_sim_hz: quantity({
    unit: "Hz",
    description:
      "Rate of the fine bins in which a cell fires at most once, rounded to whole bins a frame",
    min: 1,
    max: 10_000,
    source: "300: bins of about 3 ms, a refractory time; 10000: a tenth of a spike's width",
  }).default(300),
  p_quiescent_to_active: fraction({
    description: "Probability per frame that a quiescent cell becomes active",
    source: GATE_SOURCE,
  }).default(0.005),
  p_active_to_quiescent: fraction({
    description: "Probability per frame that an active cell becomes quiescent",
    source: GATE_SOURCE,
  }).default(0.3),
  active_rate_hz: quantity({
    unit: "Hz",
    description: "Spike rate of an active cell; above one spike a fine bin it is cut off",
    min: 0,
    max: 10_000,
    source: `${GATE_SOURCE}; 10000: a spike in every bin there can be`,
  }).default(150),
  quiescent_rate_hz: quantity({
    unit: "Hz",
    description: "Spike rate of a quiescent cell",
    min: 0,
    max: 10_000,
    source: GATE_SOURCE,
  }).default(0.6),
  tau_rise_s: quantity({
    unit: "s",
    description: "Rise time constant of the calcium transient, shorter than its decay",
    min: 1e-4,
    max: 60,
    source: "1e-4: faster than any indicator, dyes for voltage included",
  }).default(0.05),
  tau_decay_s: quantity({
    unit: "s",
    description: "Decay time constant of the calcium transient",
    min: 1e-4,
    max: 60,
    source: "60: slower than any indicator, those that integrate included",
  }).default(0.5),
  brightness_cv: quantity({
    unit: "1",
    description: "Coefficient of variation of the lognormal expression gain across cells (mean 1)",
    min: 0,
    max: 10,
    source: "10: a few cells have all the light",
  }).default(0.3),
  f0: quantity({
    unit: "1",
    description: "Resting fluorescence, in units of the peak of one spike's transient",
    min: 0,
    max: 1e6,
    source: "1e6: above, a transient is lost in the rounding of the light (24 bits)",
  }).default(1),
  trace_noise: quantity({
    unit: "1",
    description:
      "Standard deviation of white noise added to the calcium trace itself. Not physical: noise belongs to the sensor",
    min: 0,
    max: 1e6,
    source: "1e6: the largest f0",
  }).default(0),
});
