// How light follows calcium: a line, or the Hill curve of an indicator. Calcium in units of a typical spike's peak.
import { pow } from "@minisim/kernels/math";
import { INDICATORS, type Indicator, type IndicatorName } from "./indicators.ts";
import { type KernelTaus, tausFromDecay } from "./timing.ts";

export interface Response {
  readonly taus: KernelTaus;
  /** What calcium adds to the resting light 1; null where light is f0 + calcium. */
  readonly curve: HillCurve | null;
}

export interface HillCurve {
  /** Peak of the calcium of a typical spike, in units of the resting level. */
  readonly spike_calcium: number;
  /** ΔF/F₀ for this much calcium above rest, in units of a typical spike's peak. */
  dff(calcium: number): number;
}

/** The first edition's, CaLab's: neither threshold nor ceiling. */
const LINEAR: KernelTaus = { tau_rise_s: 0.05, tau_decay_s: 0.5 };

/** Half of the peak of ΔF/F₀. */
const HALF = 0.5;

/** The indicator's own response, with time constants of one's own in place of "auto". */
export function responseOf(params: {
  readonly indicator: IndicatorName;
  readonly tau_rise_s: number | "auto";
  readonly tau_decay_s: number | "auto";
}): Response {
  const indicator = params.indicator === "linear" ? null : INDICATORS[params.indicator];
  const own = indicator ? tausOf(indicator) : LINEAR;
  const taus = {
    tau_rise_s: params.tau_rise_s === "auto" ? own.tau_rise_s : params.tau_rise_s,
    tau_decay_s: params.tau_decay_s === "auto" ? own.tau_decay_s : params.tau_decay_s,
  };
  return { taus, curve: indicator && hillCurve(indicator) };
}

/**
 * With c calcium over its resting level, K = kd/rest and R the dynamic range, F/F₀ = (1 + R c^n/(c^n + K^n)) / (1 + R/(1 + K^n)), so
 *   ΔF/F₀ = M (c^n − 1) / (c^n + K^n),  M = R K^n / (1 + K^n + R),
 * whose ceiling is M.
 */
export function hillCurve(indicator: Indicator): HillCurve {
  const { half, ceiling, n } = constantsOf(indicator);
  const spike_calcium = calciumAt(indicator, indicator.dff_1ap);
  return {
    spike_calcium,
    dff(calcium) {
      const above = powerAboveOne(spike_calcium * calcium, n);
      return (ceiling * above) / (1 + above + half);
    },
  };
}

/** Up to here three terms of the series are the power to 1e-16; most cells are this near to rest most of the time, and a power takes long. */
const NEAR_REST = 1e-4;

/** (1 + x)^n − 1. */
function powerAboveOne(x: number, n: number): number {
  if (x > NEAR_REST) return pow(1 + x, n) - 1;
  return n * x * (1 + ((n - 1) / 2) * x * (1 + ((n - 2) / 3) * x));
}

/** ΔF/F₀ of an indicator that is saturated. */
export const ceilingOf = (indicator: Indicator): number => constantsOf(indicator).ceiling;

function constantsOf({ kd_nm, rest_nm, hill_n: n, dynamic_range }: Indicator) {
  const half = pow(kd_nm / rest_nm, n);
  return { n, half, ceiling: (dynamic_range * half) / (1 + half + dynamic_range) };
}

/** Calcium above rest, in units of the resting level, at which ΔF/F₀ is `dff`: the curve's inverse. */
function calciumAt(indicator: Indicator, dff: number): number {
  const { half, ceiling, n } = constantsOf(indicator);
  return pow((ceiling + dff * half) / (ceiling - dff), 1 / n) - 1;
}

/** Solved once for each indicator: it takes a millisecond, and every check of a spec asks. */
const solved = new Map<Indicator, KernelTaus>();

/** The curve is monotonic, so light peaks with calcium; it falls to its half where calcium is at another share of its peak. */
function tausOf(indicator: Indicator): KernelTaus {
  const known = solved.get(indicator) ?? solveTaus(indicator);
  solved.set(indicator, known);
  return known;
}

function solveTaus(indicator: Indicator): KernelTaus {
  const { dff_1ap, time_to_peak_s, half_decay_s } = indicator;
  const level = calciumAt(indicator, HALF * dff_1ap) / calciumAt(indicator, dff_1ap);
  return tausFromDecay(time_to_peak_s, half_decay_s, level);
}
