// The parameters.
import { autoOr, choice, count, fraction, list, nullable, quantity } from "@minisim/spec";
import { z } from "zod";
import { indicatorNames } from "./indicators.ts";

const GATE_SOURCE = "CaLab's moderate activity level";

export const cellActivityParams = z.strictObject({
  indicator: choice(indicatorNames, {
    description:
      "What turns calcium into light: an indicator with its kinetics and its Hill curve; linear has neither threshold nor ceiling",
  }).default("gcamp6f"),
  tau_rise_s: autoOr(
    quantity({
      unit: "s",
      description:
        "Rise time constant of the calcium transient, shorter than its decay; auto: that of the indicator",
      min: 1e-4,
      max: 60,
      source: "1e-4: faster than any indicator, dyes for voltage included",
    }),
  ).default("auto"),
  tau_decay_s: autoOr(
    quantity({
      unit: "s",
      description: "Decay time constant of the calcium transient; auto: that of the indicator",
      min: 1e-4,
      max: 60,
      source: "60: slower than any indicator, those that integrate included",
    }),
  ).default("auto"),
  kinetics_cv: quantity({
    unit: "1",
    description:
      "Coefficient of variation across cells of one lognormal factor (mean 1) on both time constants",
    min: 0,
    max: 1,
    source:
      "0.15: half-decay of jGCaMP8f 67 ± 11 ms (janelia.org/jgcamp8-calcium-indicators); 1: from a third to three times",
  }).default(0.15),
  response_cv: quantity({
    unit: "1",
    description:
      "Coefficient of variation across cells of a lognormal factor (mean 1) on the calcium of a spike",
    min: 0,
    max: 2,
    source:
      "0.3: one spike gives 0.41 ± 0.12 with jGCaMP8f (janelia.org/jgcamp8-calcium-indicators)",
  }).default(0.3),
  f0: quantity({
    unit: "1",
    description:
      "Light of a resting cell with the gain 1. With indicator linear one spike adds 1 at its peak, so f0 is in units of that",
    min: 0,
    max: 1e6,
    source:
      "5: one spike of GCaMP6f adds 1, a fifth of it; 1e6: above, a transient is lost in the rounding of the light (24 bits)",
  }).default(5),
  brightness_cv: quantity({
    unit: "1",
    description: "Coefficient of variation of the lognormal expression gain across cells (mean 1)",
    min: 0,
    max: 10,
    source: "10: a few cells have all the light",
  }).default(0.3),
  sampling_hz: quantity({
    unit: "Hz",
    description:
      "Rate at which calcium is sampled within a frame, whose light is the mean; rounded to whole samples a frame",
    min: 1,
    max: 10_000,
    source: "100: twice within the shortest time to peak, that of jGCaMP8f",
  }).default(100),
  trace_noise: quantity({
    unit: "1",
    description:
      "Standard deviation of white noise added to the calcium trace itself. Not physical: noise belongs to the sensor",
    min: 0,
    max: 1e6,
    source: "1e6: the largest f0",
  }).default(0),

  spike_times_s: nullable(
    list(
      list(
        quantity({
          unit: "s",
          description: "A spike, from the start of frame 0; before it, it only leaves its calcium",
          min: -3600,
          max: 1e6,
        }),
        { description: "The spikes of one cell" },
      ),
      {
        description:
          "Spikes of your own, a list for each cell in the order of the cells; cells beyond the lists are silent. null: the model fires",
        file: "events",
      },
    ),
  ).default(null),
  dff: nullable(
    list(
      list(quantity({ unit: "1", description: "ΔF/F₀ in one frame", min: -1, max: 1e6 }), {
        description: "The trace of one cell, a value for each frame",
      }),
      {
        description:
          "Traces of your own, ΔF/F₀, a list for each cell in the order of the cells; cells beyond the lists rest. Without spikes. null: calcium makes the light",
        file: "traces",
      },
    ),
  ).default(null),

  firing: choice(["bursts", "gate"], {
    description:
      "When cells fire: in short bursts at rates of their own, some of them together; or, independently, while a gate is open, as in the first edition",
  }).default("bursts"),
  rate_hz: quantity({
    unit: "Hz",
    description:
      "Mean rate of the cells that fire, without assemblies; each has its own (firing: bursts)",
    min: 0,
    max: 500,
    source:
      "0.35: with the assemblies, makes 2 to 7 frames with a spike a minute, as in CA1 (doi:10.1371/journal.pcbi.1009832); 500: a refractory period of 2 ms",
  }).default(0.35),
  rate_log10_sd: quantity({
    unit: "1",
    description: "Standard deviation across cells of log10 of their rates, which are lognormal",
    min: 0,
    max: 2,
    source:
      "0.5: 0.47 to 0.57 in CA1 and CA3 (doi:10.1371/journal.pcbi.1009832); lognormal: doi:10.1016/j.celrep.2013.07.039",
  }).default(0.5),
  silent_fraction: fraction({
    description: "Share of the cells that never fire",
    source: "0.2 is an estimate: many cells are silent, and a pipeline cannot count them",
  }).default(0.2),
  burst_mean: quantity({
    unit: "1",
    description: "Mean number of spikes in a burst, which is geometric; 1: single spikes",
    min: 1,
    max: 1000,
    source:
      "2 is an estimate: complex spikes of pyramidal cells have 2 to 6, and single ones are as frequent; 1000: seconds of tonic firing",
  }).default(2),
  burst_interval_s: quantity({
    unit: "s",
    description:
      "Mean interval between the spikes of a burst, at least refractory_s: exponential beyond it",
    min: 1e-4,
    max: 10,
    source: "0.006 is an estimate: 3 to 8 ms in complex spikes",
  }).default(0.006),
  refractory_s: quantity({
    unit: "s",
    description: "Least interval between two spikes of a cell",
    min: 1e-4,
    max: 1,
    source:
      "0.002 is an estimate: an absolute refractory period of 1 to 2 ms; 1e-4: a tenth of a spike's width",
  }).default(0.002),
  drive_cv: quantity({
    unit: "1",
    description:
      "Coefficient of variation over time of a lognormal factor (mean 1) on the rates of all cells at once",
    min: 0,
    max: 10,
    source:
      "0.3: with the assemblies, makes pairs of cells correlate as in CA1 (doi:10.1371/journal.pcbi.1009832); 10: all fire in a tenth of the time",
  }).default(0.3),
  drive_tau_s: quantity({
    unit: "s",
    description: "Correlation time of that factor",
    min: 1e-3,
    max: 1e6,
    source: "10 is an estimate: arousal and running last for seconds to tens of them",
  }).default(10),
  assemblies: count({
    description: "Number of assemblies, groups of cells that fire together",
    min: 0,
    max: 100,
    source: "10 is an estimate; 100: more than can be told apart in a field",
  }).default(10),
  assembly_size: fraction({
    description: "Share of the cells that belong to each assembly; a cell may belong to several",
  }).default(0.1),
  assembly_rate_hz: quantity({
    unit: "Hz",
    description: "Rate of the events of an assembly",
    min: 0,
    max: 10,
    source:
      "0.1 is an estimate, fitted together with drive_cv; 10: beyond ripples and theta cycles",
  }).default(0.1),
  assembly_participation: fraction({
    description:
      "Probability that a member of mean rate fires a burst in an event; that of others grows with their rate, up to 1",
    source: "1: half of the members take part, as low rates are common; an estimate",
  }).default(1),
  assembly_jitter_s: quantity({
    unit: "s",
    description: "Mean delay of a member's burst behind the event, exponential",
    min: 0,
    max: 60,
    source: "60: no event that anybody would notice",
  }).default(0.1),

  gate_bin_hz: quantity({
    unit: "Hz",
    description:
      "Rate of the fine bins in which a cell fires at most once, rounded to whole bins a frame (firing: gate)",
    min: 1,
    max: 10_000,
    source: "300: bins of about 3 ms, a refractory time; 10000: a tenth of a spike's width",
  }).default(300),
  gate_p_open: fraction({
    description: "Probability per frame that a closed gate opens",
    source: GATE_SOURCE,
  }).default(0.005),
  gate_p_close: fraction({
    description: "Probability per frame that an open gate closes",
    source: GATE_SOURCE,
  }).default(0.3),
  gate_open_rate_hz: quantity({
    unit: "Hz",
    description: "Spike rate while the gate is open; above one spike a fine bin it is cut off",
    min: 0,
    max: 10_000,
    source: `${GATE_SOURCE}; 10000: a spike in every bin there can be`,
  }).default(150),
  gate_closed_rate_hz: quantity({
    unit: "Hz",
    description: "Spike rate while it is closed",
    min: 0,
    max: 10_000,
    source: GATE_SOURCE,
  }).default(0.6),
});
