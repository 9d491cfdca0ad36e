// One knob from sparse to dense activity.
export interface SpikeActivity {
  readonly p_quiescent_to_active: number;
  readonly p_active_to_quiescent: number;
  readonly active_rate_hz: number;
  readonly quiescent_rate_hz: number;
}

// CaLab's activity levels: sparse, moderate (the defaults of the step), dense.
const LEVELS: readonly [SpikeActivity, SpikeActivity, SpikeActivity] = [
  level(0.002, 0.4, 90, 0.3),
  level(0.005, 0.3, 150, 0.6),
  level(0.01, 0.2, 210, 1.5),
];

/**
 * Gate and rates for an activity from 0 (sparse) over 0.5 (moderate) to 1 (dense), linear in between; RangeError beyond.
 * The result can be spread into the step's parameters.
 */
export function spikeActivityParams(activity: number): SpikeActivity {
  if (!(activity >= 0 && activity <= 1)) {
    throw new RangeError(`Activity runs from 0 (sparse) to 1 (dense), not ${activity}.`);
  }
  const upper = activity >= 0.5;
  const [from, to] = upper ? [LEVELS[1], LEVELS[2]] : [LEVELS[0], LEVELS[1]];
  const share = 2 * activity - (upper ? 1 : 0);
  const mix = (name: keyof SpikeActivity) => from[name] + (to[name] - from[name]) * share;
  return level(
    mix("p_quiescent_to_active"),
    mix("p_active_to_quiescent"),
    mix("active_rate_hz"),
    mix("quiescent_rate_hz"),
  );
}

function level(
  p_quiescent_to_active: number,
  p_active_to_quiescent: number,
  active_rate_hz: number,
  quiescent_rate_hz: number,
): SpikeActivity {
  return { p_quiescent_to_active, p_active_to_quiescent, active_rate_hz, quiescent_rate_hz };
}
