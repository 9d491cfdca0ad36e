// The neuropil of the first edition of specs: its light came as it was, without aperture or tissue, and fluctuated by a fixed amount.
import { exp } from "@minisim/kernels/math";
import { attenuation, collectionEfficiency } from "@minisim/optics";
import { count, type FirstEdition, fraction, quantity } from "@minisim/spec";
import { z } from "zod";

const seconds = (description: string) => quantity({ unit: "s", description, min: 1e-4, max: 1e6 });

const params = z.strictObject({
  spatial_sigma_um: quantity({
    description: "Low-pass width (standard deviation) of the spatial components.",
    unit: "µm",
    min: 0.1,
    max: 500,
  }).default(40),
  temporal_tau_s: seconds("Correlation time of each component's own fluctuation.").default(10),
  population_tau_s: seconds("Time constant of the low-pass on the summed activity.").default(1.5),
  amplitude: quantity({
    description: "Strength of the background.",
    unit: "1",
    min: 0,
    max: 1e6,
  }).default(0.5),
  n_components: count({ description: "Number of components.", max: 64 }).default(3),
  population_coupling: fraction({
    description: "Share of each time course that follows the population.",
  }).default(0.7),
});

/** The mean of a field between its extremes, which were 0 and 1: by symmetry. Measured over 24 fields of nine sizes: 0.42 to 0.53. */
const FIELD_MEAN = 0.5;
/**
 * Standard deviation of a field over its mean. It hung on the extremes, which lay on the border. Measured: 0.08 to 0.15 for fields at least
 * twelve widths wide, 0.26 to 0.40 for narrower ones.
 */
const FIELD_CONTRAST = 0.1;
/** Standard deviation of a component's own time course over its mean 1: exp(x) with an x of standard deviation 0.4. */
const OWN_CV = Math.sqrt(exp(0.4 * 0.4) - 1);
/** Standard deviation of the population's envelope over its mean 1, an estimate: measured 0.034 to 0.043 for 911 cells in CA1. */
const POPULATION_CV = 0.04;

/** Where the light seems to come from; any depth gives the same light. */
const DEPTH_UM = 100;

export const firstEdition: FirstEdition<typeof params> = {
  params,
  convert({ params, acquisition: { optics, tissue } }) {
    const { amplitude, population_coupling: coupling, n_components } = params;
    const { spatial_sigma_um, temporal_tau_s, population_tau_s } = params;
    const collected = collectionEfficiency(optics) * attenuation(DEPTH_UM, tissue);
    const level = (amplitude * FIELD_MEAN) / collected;
    const fluctuation_contrast = FIELD_CONTRAST * Math.sqrt(1 - 1 / n_components);
    const { fluctuation_cv, population_coupling } = fluctuation(
      coupling,
      n_components,
      fluctuation_contrast,
    );
    return {
      params: {
        level,
        depth_um: DEPTH_UM,
        spatial_sigma_um,
        spatial_contrast: FIELD_CONTRAST / Math.sqrt(n_components),
        fluctuation_contrast,
        fluctuation_cv,
        temporal_tau_s,
        population_tau_s,
        population_coupling,
        n_components,
      },
      changes: [
        {
          field: "amplitude",
          message: `is level, ${shown(level)}: half of ${amplitude} (the mean of the fields), before the loss in the tissue down to ${DEPTH_UM} µm and the aperture.`,
        },
        {
          field: "population_coupling",
          message: `is a share of variance, ${shown(population_coupling)}, of a fluctuation of its own: fluctuation_cv, ${shown(fluctuation_cv)} (an estimate; the fields are other draws).`,
        },
      ],
    };
  },
};

/**
 * Of T = (1 − c) · own + c · P, at a pixel: variance (1 − c)² own² (1 + f²) / K of its own, where f is the contrast of a component around the
 * mean of K, and c² P² of the population.
 */
function fluctuation(coupling: number, components: number, contrast: number) {
  const own_cv = (1 - coupling) * OWN_CV;
  const shared_cv = coupling * POPULATION_CV;
  const own = (own_cv * own_cv * (1 + contrast * contrast)) / components;
  const shared = shared_cv * shared_cv;
  const variance = own + shared;
  return { fluctuation_cv: Math.sqrt(variance), population_coupling: shared / variance };
}

const shown = (value: number): number => Number(value.toPrecision(3));
