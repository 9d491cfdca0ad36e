// The parameters.
import { fraction, quantity } from "@minisim/spec";
import { z } from "zod";

const GATE_SOURCE = "CaLab's moderate activity level";

export const cellActivityParams = z.strictObject({
  spike_sim_hz: quantity({
    unit: "Hz",
    description:
      "Rate of the fine bins in which a cell fires at most once, rounded to whole bins a frame",
    above: 0,
    max: 100_000,
    source: "300: bins of about 3 ms, a refractory time",
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
    max: 100_000,
    source: GATE_SOURCE,
  }).default(150),
  quiescent_rate_hz: quantity({
    unit: "Hz",
    description: "Spike rate of a quiescent cell",
    min: 0,
    max: 100_000,
    source: GATE_SOURCE,
  }).default(0.6),
  tau_rise_s: quantity({
    unit: "s",
    description: "Rise time constant of the calcium transient, shorter than its decay",
    above: 0,
    max: 60,
  }).default(0.05),
  tau_decay_s: quantity({
    unit: "s",
    description: "Decay time constant of the calcium transient",
    above: 0,
    max: 60,
  }).default(0.5),
  brightness_cv: quantity({
    unit: "1",
    description: "Coefficient of variation of the lognormal expression gain across cells (mean 1)",
    min: 0,
    max: 10,
  }).default(0.3),
  f0: quantity({
    unit: "1",
    description: "Resting fluorescence, in units of the peak of one spike's transient",
    min: 0,
    max: 1e6,
  }).default(1),
  trace_noise: quantity({
    unit: "1",
    description:
      "Standard deviation of white noise added to the calcium trace itself. Not physical: noise belongs to the sensor",
    min: 0,
    max: 1e6,
  }).default(0),
});
