// One knob from sparse to dense activity.
export interface GateActivity {
  readonly gate_p_open: number;
  readonly gate_p_close: number;
  readonly gate_open_rate_hz: number;
  readonly gate_closed_rate_hz: number;
}

// CaLab's activity levels: sparse, moderate (the defaults of the step), dense.
const LEVELS: readonly [GateActivity, GateActivity, GateActivity] = [
  level(0.002, 0.4, 90, 0.3),
  level(0.005, 0.3, 150, 0.6),
  level(0.01, 0.2, 210, 1.5),
];

/**
 * Gate and rates for an activity from 0 (sparse) over 0.5 (moderate) to 1 (dense), linear in between; RangeError beyond.
 * The result can be spread into the step's parameters.
 */
export function gateActivityParams(activity: number): GateActivity {
  if (!(activity >= 0 && activity <= 1)) {
    throw new RangeError(`Activity runs from 0 (sparse) to 1 (dense), not ${activity}.`);
  }
  const upper = activity >= 0.5;
  const [from, to] = upper ? [LEVELS[1], LEVELS[2]] : [LEVELS[0], LEVELS[1]];
  const share = 2 * activity - (upper ? 1 : 0);
  const mix = (name: keyof GateActivity) => from[name] + (to[name] - from[name]) * share;
  return level(
    mix("gate_p_open"),
    mix("gate_p_close"),
    mix("gate_open_rate_hz"),
    mix("gate_closed_rate_hz"),
  );
}

function level(
  gate_p_open: number,
  gate_p_close: number,
  gate_open_rate_hz: number,
  gate_closed_rate_hz: number,
): GateActivity {
  return { gate_p_open, gate_p_close, gate_open_rate_hz, gate_closed_rate_hz };
}
