// The cell_activity of the first edition of specs: a gate of two states, and light that is linear in calcium.
import { type FirstEdition, fraction, quantity } from "@minisim/spec";
import { z } from "zod";

const hertz = (description: string, min: number) =>
  quantity({ unit: "Hz", description, min, max: 10_000 });
const seconds = (description: string) => quantity({ unit: "s", description, min: 1e-4, max: 60 });
const number = (description: string, max: number) =>
  quantity({ unit: "1", description, min: 0, max });

const params = z.strictObject({
  spike_sim_hz: hertz("Rate of the fine bins in which a cell fires at most once.", 1).default(300),
  p_quiescent_to_active: fraction({
    description: "Probability per frame that a quiescent cell becomes active.",
  }).default(0.005),
  p_active_to_quiescent: fraction({
    description: "Probability per frame that an active cell becomes quiescent.",
  }).default(0.3),
  active_rate_hz: hertz("Spike rate of an active cell.", 0).default(150),
  quiescent_rate_hz: hertz("Spike rate of a quiescent cell.", 0).default(0.6),
  tau_rise_s: seconds("Rise time constant of the calcium transient.").default(0.05),
  tau_decay_s: seconds("Decay time constant of the calcium transient.").default(0.5),
  brightness_cv: number("Coefficient of variation of the expression gain.", 10).default(0.3),
  f0: number("Resting fluorescence, in units of one spike's transient.", 1e6).default(1),
  trace_noise: number("Standard deviation of white noise on the trace.", 1e6).default(0),
});

/** The same cells in today's words: every spike is where it was, and so is the light, to the byte. */
export const firstEdition: FirstEdition<typeof params> = {
  params,
  convert: ({ params }) => ({ params: inTodaysWords(params), changes: CHANGES }),
};

function inTodaysWords({
  spike_sim_hz,
  p_quiescent_to_active,
  p_active_to_quiescent,
  active_rate_hz,
  quiescent_rate_hz,
  ...others
}: z.output<typeof params>) {
  return {
    ...others,
    indicator: "linear" as const,
    kinetics_cv: 0,
    response_cv: 0,
    sampling_hz: spike_sim_hz,
    firing: "gate" as const,
    gate_bin_hz: spike_sim_hz,
    gate_p_open: p_quiescent_to_active,
    gate_p_close: p_active_to_quiescent,
    gate_open_rate_hz: active_rate_hz,
    gate_closed_rate_hz: quiescent_rate_hz,
  };
}

const CHANGES = [
  {
    field: "spike_sim_hz",
    message:
      'is sampling_hz and gate_bin_hz, with firing "gate" and indicator "linear": the same traces; a spike is timed at the centre of its bin.',
  },
  { field: "p_quiescent_to_active", message: "is gate_p_open." },
  { field: "p_active_to_quiescent", message: "is gate_p_close." },
  { field: "active_rate_hz", message: "is gate_open_rate_hz." },
  { field: "quiescent_rate_hz", message: "is gate_closed_rate_hz." },
] as const;
