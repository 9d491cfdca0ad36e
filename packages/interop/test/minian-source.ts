// A small recording with every kind of truth, more rows than frames than columns, for suite2p, minian and Python minisim.
import type { GroundTruth, Recording } from "@minisim/recording";
import { Spec, simulate } from "minisim";

/** The only cells that the Python package knows. */
export const PYTHON_CELLS = {
  kind: "cell_activity",
  indicator: "linear",
  tau_rise_s: 0.05,
  tau_decay_s: 0.5,
  kinetics_cv: 0,
  response_cv: 0,
  f0: 1,
  sampling_hz: 300,
  firing: "gate",
} as const;

export const spec = (changes: Record<string, unknown> = {}) =>
  Spec.parse({
    seed: 7,
    acquisition: {
      optics: { magnification: 1 },
      image_sensor: { n_px_height: 44, n_px_width: 30 },
      duration_s: 1.8,
      fps: 20,
    },
    steps: [
      { kind: "place_neurons", density_per_mm3: 12_000 },
      PYTHON_CELLS,
      { kind: "bleaching" },
      { kind: "optics" },
      { kind: "composite" },
      { kind: "neuropil", n_components: 2, level: 3 },
      { kind: "vasculature", enabled: true, layers: [{ root_radius_um: 5, min_radius_um: 3 }] },
      { kind: "brain_motion", max_shift_um: 6, motion_amplitude_um: 4 },
      { kind: "illumination_profile" },
      { kind: "vignette" },
      { kind: "leakage" },
      { kind: "sensor", photons_per_um2_s: 2000 },
    ],
    ...changes,
  });

export async function record(of = spec()): Promise<Recording> {
  return simulate(of);
}

/** Observed footprints over the field of view, unit × height × width. */
export const denseOf = (truth: GroundTruth): Float32Array => truth.A_observed.data as Float32Array;
