// Brain regions: what the tissue and its animal decide of a spec. All lengths µm. Values without a source are estimates, and say why.
import type { AcquisitionInput } from "@minisim/spec";
import type { StepInput } from "../builtin.ts";
import { deepFreeze } from "./freeze.ts";

export interface Region {
  readonly title: string;
  readonly tissue: AcquisitionInput["tissue"];
  /** Where the operator focuses, on the axis. */
  readonly focal_depth_um?: number | undefined;
  /** Fields of one population of place_neurons. */
  readonly population: NonNullable<StepInput<"place_neurons">["populations"]>[number];
  readonly activity?: Omit<StepInput<"cell_activity">, "kind"> | undefined;
  readonly neuropil: StepInput<"neuropil">;
  readonly vasculature: StepInput<"vasculature">;
  /** What happens to the tissue in a session: its motion, its fading. */
  readonly session?: readonly StepInput[] | undefined;
}

/**
 * The light that makes a footprint is the unscattered and the nearly unscattered: an effective length of 300 µm. Estimate: grey matter has 30 to
 * 100 µm between scatterings, of which nine in ten turn the light by less than 30°. What is lost there comes out as a halo. The blur, 0.035 of
 * the depth, makes footprints as wide as real ones: 18.4 and 18.8 µm at half of their maximum in two sessions of hippocampus (7.65 and 7.82 px
 * of 2.4 µm, sample data and demo.m of github zivlab/CellReg), 15.8 µm in striatum (doi:10.7554/eLife.28728; its size of a pixel is an estimate).
 */
const tissue = {
  scatter_mfp_excitation_um: 600,
  scatter_mfp_emission_um: 300,
  scatter_blur_per_um: 0.035,
  halo_fraction: 0.7,
  halo_width: 0.7,
} as const;

/**
 * GCaMP6f. Its transients fall to their half within 0.26 to 0.30 s in CA1 (one place cell in two tasks, github etterguillaume/CaImDecoding) and 0.4 s
 * in striatum (doi:10.7554/eLife.28728), twice as slow as in visual cortex: time constants of calcium that make them so.
 */
const indicator = "gcamp6f";

/**
 * Resting light. Estimate: makes the light of cells rise over the level by as much as in one frame of striatum (0.7 % in the median of lit pixels, 2.4 % in the brightest
 * twentieth; doi:10.7554/eLife.28728), and its share of the variance 2 %.
 */
const f0 = 7;

/** The defaults of cell_activity are fitted to CA1 (doi:10.1371/journal.pcbi.1009832). */
const ofCA1 = { indicator, f0, tau_decay_s: 0.35 } as const;

/**
 * Estimates: layer 2/3 is sparse, with many silent cells (Barth and Poulet 2012, doi:10.1016/j.tins.2012.03.008), and fires single spikes rather
 * than bursts. Assemblies and drive are those of CA1.
 */
const ofLayer23 = {
  indicator,
  f0,
  rate_hz: 0.2,
  silent_fraction: 0.3,
  burst_mean: 1.3,
  assembly_rate_hz: 0.06,
} as const;

/**
 * Estimates: medium spiny neurons fire 0.5 to 2 Hz awake, in up states. Seven events a minute, as in 24 cells that were chosen as examples
 * (doi:10.7554/eLife.28728).
 */
const ofStriatum = {
  indicator,
  f0,
  tau_decay_s: 0.45,
  rate_hz: 0.7,
  silent_fraction: 0.3,
} as const;

/**
 * The times of a real background (striatum, two regions of five minutes): .46 to .48 of the power of its mean below 0.1 Hz, .46 from 0.1 to 1 Hz, .06 to .07
 * above, correlation time 1.2 to 1.3 s. The own fluctuation and the envelope of the cells add up, so each is shorter than their sum.
 */
const moving = {
  kind: "neuropil",
  fluctuation_cv: 0.02,
  temporal_tau_s: 0.85,
  population_tau_s: 0.8,
} as const;

/**
 * Motion comes in bursts with quiet segments between them (doi:10.1038/s41592-018-0008-0, supplementary figure 7). Estimates: a bout of seconds in a
 * quarter of the time, with a 99th percentile of 6 µm, since real corrections reach 10 to 15 px; a root mean square of 0.4 µm at rest. Along
 * the axis the brain moves as far: its root mean square is 2 to 3 µm in bouts, where movement out of the plane is seen (doi:10.1038/s41592-020-0817-9,
 * extended data figure 5).
 */
const motion = {
  kind: "brain_motion",
  motion_amplitude_um: 6,
  max_shift_um: 8,
  locomotion_bout_s: 4,
  rest_s: 12,
  rest_fraction: 0.15,
  axial_motion_um: 6,
} as const;

const session = [{ kind: "bleaching" }, motion] as const;

export const regions = deepFreeze({
  ca1: {
    title: "Hippocampal CA1, pyramidal layer",
    tissue,
    // The middle of the layer, which is what an operator turns to.
    focal_depth_um: 145,
    population: {
      // Estimate: 900 labelled cells in a square millimetre, of which CNMF-E finds a third to a half in real movies.
      density_per_mm3: 30_000,
      soma_radius_um: 6,
      morphology: "cytosolic",
      depth_range_um: [130, 160],
      min_distance_um: 9,
    },
    activity: ofCA1,
    // Estimate: as in striatum, at 3 × 3 px of a Miniscope V4, which get as much light as one pixel of that recording.
    neuropil: { ...moving, level: 140, depth_um: 145 },
    vasculature: {
      kind: "vasculature",
      enabled: true,
      // Estimates: as deep as vessels of striatum are, 6.6 % in the median and 17 % at most.
      layers: [
        { depth_um: 120, n_roots: 3, root_radius_um: 14, opacity: 0.28 },
        { depth_um: 140, n_roots: 6, root_radius_um: 5, opacity: 0.14 },
      ],
    },
    session,
  },
  cortex_l23: {
    title: "Cortex, layer 2/3",
    tissue,
    focal_depth_um: 150,
    population: {
      density_per_mm3: 8000,
      soma_radius_um: 6,
      morphology: "cytosolic",
      depth_range_um: [100, 200],
      min_distance_um: 16,
    },
    activity: ofLayer23,
    neuropil: { ...moving, level: 100, depth_um: 120 },
    vasculature: {
      kind: "vasculature",
      enabled: true,
      layers: [
        {
          depth_um: 60,
          n_roots: 2,
          root_radius_um: 25,
          opacity: 0.6,
          branch_prob: 0.15,
          tortuosity_deg: 5,
        },
        { depth_um: 120, n_roots: 6, root_radius_um: 6, opacity: 0.25 },
      ],
    },
    session,
  },
  striatum: {
    title: "Dorsal striatum",
    tissue,
    focal_depth_um: 150,
    population: {
      // Estimate: 106 000 neurons per mm³ (doi:10.3389/fnana.2018.00083), a seventh of them labelled and active: 2700 in a square millimetre, as many as
      // CNMF-E finds in a real recording (692 in 256 × 256 px of about 2 µm).
      density_per_mm3: 15_000,
      soma_radius_um: 6,
      morphology: "cytosolic",
      depth_range_um: [60, 240],
      min_distance_um: 12,
    },
    activity: ofStriatum,
    // Estimate: makes noise and cells the shares of the light, and of its variance, that they have in a recording of striatum.
    neuropil: { ...moving, level: 150, depth_um: 150 },
    vasculature: {
      kind: "vasculature",
      enabled: true,
      // Estimates by a real frame of striatum: few straight trunks, many thin branches, 6.6 % deep in the median and 17 % at most, sharp.
      layers: [
        {
          depth_um: 140,
          n_roots: 2,
          root_radius_um: 12,
          opacity: 0.25,
          branch_prob: 0.15,
          tortuosity_deg: 5,
        },
        { depth_um: 145, n_roots: 8, root_radius_um: 5, opacity: 0.25 },
      ],
    },
    session,
  },
} as const satisfies Record<string, Region>);

export type RegionName = keyof typeof regions;
