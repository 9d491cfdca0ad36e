// What is known of each indicator: its response to a single spike, and how its fluorescence follows calcium.

/**
 * A resting cell has free calcium [Ca]₀ = `rest_nm`; its fluorescence is F = F_apo · (1 + R · c^n / (c^n + K^n)), c = [Ca]/[Ca]₀, K = kd/[Ca]₀.
 * The calcium of a spike is what gives the published response: it is effective, and no measurement of calcium.
 */
export interface Indicator {
  /** Peak of ΔF/F₀ after one action potential. */
  readonly dff_1ap: number;
  /** From the spike to that peak. */
  readonly time_to_peak_s: number;
  /** From that peak to half of it. */
  readonly half_decay_s: number;
  /** Calcium of half saturation. */
  readonly kd_nm: number;
  readonly hill_n: number;
  /** R, the whole range of the purified protein: (F_max − F_apo) / F_apo. */
  readonly dynamic_range: number;
  readonly rest_nm: number;
}

/** Resting free calcium of a neuron: NAOMi's, 50 nM (doi:10.1016/j.jneumeth.2021.109173, after Lütcke et al. 2013). */
const REST_NM = 50;

/**
 * GCaMP6: responses in mouse visual cortex (Chen et al. 2013, doi:10.1038/nature12354); times to peak are the middle of the ranges of its text (50–75, 75–100 and
 * 100–150 ms); half-decays are estimates, as commonly quoted of it. jGCaMP7f and 8: cultured neurons, one field stimulus
 * (Zhang et al. 2023, doi:10.1038/s41586-023-05828-9; table of janelia.org/jgcamp8-calcium-indicators). jGCaMP7s: 4.96 times GCaMP6s, 0.133, in
 * the same culture (Dana et al. 2019, doi:10.1038/s41592-019-0435-6). Hill curves of 6f, 6s, 7f, 7s and OGB-1: the purified proteins, as NAOMi has them
 * (Song et al. 2021, doi:10.1016/j.jneumeth.2021.109173).
 */
export const INDICATORS = {
  gcamp6f: {
    dff_1ap: 0.19,
    time_to_peak_s: 0.06,
    half_decay_s: 0.142,
    kd_nm: 290,
    hill_n: 2.7,
    dynamic_range: 25.2,
    rest_nm: REST_NM,
  },
  gcamp6s: {
    dff_1ap: 0.23,
    time_to_peak_s: 0.125,
    half_decay_s: 0.55,
    kd_nm: 147,
    hill_n: 2.45,
    dynamic_range: 27.2,
    rest_nm: REST_NM,
  },
  // Hill curve: estimate, commonly quoted of Chen et al. 2013.
  gcamp6m: {
    dff_1ap: 0.13,
    time_to_peak_s: 0.09,
    half_decay_s: 0.27,
    kd_nm: 167,
    hill_n: 2.96,
    dynamic_range: 37.1,
    rest_nm: REST_NM,
  },
  gcamp7f: {
    dff_1ap: 0.21,
    time_to_peak_s: 0.0995,
    half_decay_s: 0.182,
    kd_nm: 174,
    hill_n: 2.3,
    dynamic_range: 30.2,
    rest_nm: REST_NM,
  },
  // Times: estimate, between GCaMP6s and twice as slow.
  gcamp7s: {
    dff_1ap: 0.66,
    time_to_peak_s: 0.2,
    half_decay_s: 1.2,
    kd_nm: 68,
    hill_n: 2.49,
    dynamic_range: 40.4,
    rest_nm: REST_NM,
  },
  // Hill curves of the three: estimates, commonly quoted of Zhang et al. 2023.
  gcamp8f: {
    dff_1ap: 0.41,
    time_to_peak_s: 0.0248,
    half_decay_s: 0.067,
    kd_nm: 334,
    hill_n: 2.08,
    dynamic_range: 77.8,
    rest_nm: REST_NM,
  },
  gcamp8m: {
    dff_1ap: 0.76,
    time_to_peak_s: 0.029,
    half_decay_s: 0.118,
    kd_nm: 108,
    hill_n: 1.92,
    dynamic_range: 44.7,
    rest_nm: REST_NM,
  },
  // Rest: estimate. At 50 nM the ceiling would be 0.8, below the response to one spike.
  gcamp8s: {
    dff_1ap: 1.11,
    time_to_peak_s: 0.057,
    half_decay_s: 0.307,
    kd_nm: 46,
    hill_n: 2.2,
    dynamic_range: 48.5,
    rest_nm: 20,
  },
  // Response and times: estimates, 0.07 to 0.10, a few ms, 0.2 to 0.5 s.
  ogb1: {
    dff_1ap: 0.08,
    time_to_peak_s: 0.01,
    half_decay_s: 0.3,
    kd_nm: 250,
    hill_n: 1,
    dynamic_range: 14,
    rest_nm: REST_NM,
  },
} as const satisfies Record<string, Indicator>;

export type IndicatorName = keyof typeof INDICATORS | "linear";

export const indicatorNames = [
  ...(Object.keys(INDICATORS) as (keyof typeof INDICATORS)[]),
  "linear",
] as unknown as readonly [IndicatorName, ...IndicatorName[]];
