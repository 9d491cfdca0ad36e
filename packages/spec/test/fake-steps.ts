// Twelve steps that look like the built-in ones to this package: the same fields and defaults, a few rules, no physics.
import {
  choice,
  count,
  createSpecFactory,
  type Finding,
  flag,
  fraction,
  list,
  nullable,
  quantity,
  type StepSchema,
  vector,
} from "@minisim/spec";
import { z } from "zod";

const um = (description: string) => quantity({ unit: "µm", description, above: 0, max: 100_000 });
const number = (unit: string, description: string) => quantity({ unit, description, min: 0 });

function step<const Kind extends string, Params extends z.ZodObject>(
  schema: StepSchema<Kind, Params>,
): StepSchema<Kind, Params> {
  return schema;
}

const population = {
  density_per_mm3: number("1/mm³", "Cells per volume").default(25000),
  soma_radius_um: um("Radius of the cell body").default(7),
  irregularity: fraction({ description: "Roughness of the outline" }).default(0.3),
  morphology: choice(["soma", "cytosolic"], { description: "What is labelled" }).default("soma"),
  dendrite_length_um: um("Length of dendrites").default(24),
  dendrite_width_um: um("Width of dendrites").default(3),
  depth_range_um: vector(["top", "bottom"], {
    unit: "µm",
    description: "Depths of the population",
    min: 0,
  }).default([0, 200]),
  min_distance_um: number("µm", "Least distance of two cells").default(0),
  positions_um: nullable(
    list(vector(["z", "y", "x"], { unit: "µm", description: "a position" }), {
      description: "Exactly these cells",
    }),
  ).default(null),
};

const placeNeurons = step({
  kind: "place_neurons",
  revision: 1,
  summary: "Puts cells into the tissue.",
  params: z.strictObject({
    ...population,
    populations: nullable(
      list(z.strictObject(population), { description: "Several populations" }),
    ).default(null),
  }),
  check({ params, acquisition, geometry }) {
    const findings: Finding[] = [];
    if (2 * params.soma_radius_um > Math.min(...geometry.fov_um)) {
      findings.push({
        severity: "error",
        code: "soma_larger_than_fov",
        path: ["soma_radius_um"],
        message: "a cell body is larger than the field of view.",
        involves: [["acquisition"]],
      });
    }
    const focal = acquisition.focal_depth_in_tissue_um;
    const [top, bottom] = params.depth_range_um;
    if (focal !== "auto" && (focal < top || focal > bottom)) {
      findings.push({
        severity: "warning",
        code: "focus_outside",
        path: ["depth_range_um"],
        message: `the focal plane at ${focal} µm lies outside`,
        involves: [["acquisition", "focal_depth_in_tissue_um"]],
      });
    }
    return findings;
  },
});

const cellActivity = step({
  kind: "cell_activity",
  revision: 3,
  summary: "Spikes and calcium.",
  params: z.strictObject({
    spike_sim_hz: quantity({ unit: "Hz", description: "Rate of fine bins", above: 0 }).default(300),
    p_quiescent_to_active: fraction({ description: "Chance per frame to start" }).default(0.005),
    p_active_to_quiescent: fraction({ description: "Chance per frame to stop" }).default(0.3),
    active_rate_hz: number("Hz", "Spike rate while active").default(150),
    quiescent_rate_hz: number("Hz", "Spike rate while quiescent").default(0.6),
    tau_rise_s: quantity({ unit: "s", description: "Rise time", above: 0 }).default(0.05),
    tau_decay_s: quantity({ unit: "s", description: "Decay time", above: 0 }).default(0.5),
    brightness_cv: number("1", "Spread of brightness").default(0.3),
    f0: number("1", "Baseline").default(1),
    trace_noise: number("1", "Added noise").default(0),
  }),
  check({ params, acquisition }) {
    const findings: Finding[] = [];
    if (params.tau_rise_s >= params.tau_decay_s) {
      findings.push({
        severity: "error",
        code: "rise_not_below_decay",
        path: ["tau_rise_s"],
        message: `must be < tau_decay_s (got ${params.tau_rise_s} and ${params.tau_decay_s}).`,
        involves: [["tau_decay_s"]],
      });
    }
    if (params.tau_decay_s * acquisition.fps < 1) {
      findings.push({
        severity: "error",
        code: "decay_below_frame",
        path: ["tau_decay_s"],
        message: `must last at least a frame at ${acquisition.fps} Hz.`,
        involves: [["acquisition", "fps"]],
      });
    }
    return findings;
  },
});

const bleaching = step({
  kind: "bleaching",
  revision: 1,
  summary: "Light destroys dye.",
  params: z.strictObject({
    bleach_susceptibility: number("1/s", "Rate of loss").default(6.3e-6),
    turnover_tau_s: quantity({ unit: "s", description: "Time of renewal", above: 0 }).default(
      20000,
    ),
    excitation_intensity: number("1", "Strength of the light").default(1),
  }),
});

const optics = step({
  kind: "optics",
  revision: 1,
  summary: "Focus and blur.",
  params: z.strictObject({}),
});

const composite = step({
  kind: "composite",
  revision: 1,
  summary: "Draws the cells.",
  params: z.strictObject({}),
});

const neuropil = step({
  kind: "neuropil",
  revision: 1,
  summary: "Background that breathes.",
  params: z.strictObject({
    spatial_sigma_um: um("Size of blobs").default(40),
    temporal_tau_s: quantity({ unit: "s", description: "Memory of a component", above: 0 }).default(
      10,
    ),
    population_tau_s: quantity({
      unit: "s",
      description: "Memory of the population",
      above: 0,
    }).default(1.5),
    amplitude: number("1", "Strength").default(0.5),
    n_components: count({ description: "Number of components", max: 100 }).default(3),
    population_coupling: fraction({ description: "Share of the population" }).default(0.7),
  }),
});

const vasculature = step({
  kind: "vasculature",
  revision: 2,
  summary: "Vessels cast shadows.",
  params: z.strictObject({
    enabled: flag({ description: "Whether there are vessels" }).default(false),
    layers: list(
      z.strictObject({
        depth_um: number("µm", "Depth of the layer").default(30),
        n_roots: count({ description: "Number of trees", max: 1000 }).default(4),
        root_radius_um: um("Radius of a root").default(22),
        min_radius_um: um("Radius of the last branch").default(2),
        opacity: fraction({ description: "Darkest shadow" }).default(0.85),
        absorption_per_um: number("1/µm", "Absorption of blood").default(0.04),
        branch_prob: fraction({ description: "Chance of a branch per step" }).default(0.2),
        tortuosity_deg: number("deg", "Heading noise").default(8),
        branch_angle_deg: number("deg", "Angle of a branch").default(30),
        branch_area_main: quantity({
          unit: "1",
          description: "Share of the main branch",
          above: 0.5,
          below: 1,
        }).default(0.7),
        step_per_radius: quantity({ unit: "1", description: "Step length", above: 0 }).default(1.5),
      }),
      { description: "Layers of vessels" },
    ).default([]),
  }),
});

const brainMotion = step({
  kind: "brain_motion",
  revision: 1,
  summary: "The brain moves.",
  params: z.strictObject({
    model: choice(["physical", "walk"], { description: "Kind of motion" }).default("physical"),
    trajectory_um: nullable(
      list(vector(["dy", "dx"], { unit: "µm", description: "a shift" }), {
        description: "Exactly this motion",
      }),
    ).default(null),
    max_shift_um: um("Largest shift").default(15),
    locomotion_freq_hz: number("Hz", "Stride frequency").default(7),
    motion_amplitude_um: number("µm", "99th percentile of the shift").default(10),
    locomotion_axis: choice(["y", "x"], { description: "Axis of the stride" }).default("y"),
    resonance_freq_hz: number("Hz", "Resonance of the brain").default(6),
    damping_ratio: number("1", "Damping").default(0.5),
    locomotion_fraction: fraction({ description: "Share of the stride" }).default(0.25),
    walk_step_um: number("µm", "Step of the walk").default(0.3),
  }),
});

const field = (falloff: number) =>
  z.strictObject({
    falloff: fraction({ description: "Value in the corner" }).default(falloff),
    exponent: quantity({ unit: "1", description: "Steepness", above: 0 }).default(2),
    center_offset_um: vector(["y", "x"], { unit: "µm", description: "Centre" }).default([0, 0]),
  });

const illuminationProfile = step({
  kind: "illumination_profile",
  revision: 1,
  summary: "Uneven light.",
  params: field(0.7),
});

const vignette = step({
  kind: "vignette",
  revision: 1,
  summary: "Collection loss.",
  params: field(0.5),
});

const leakage = step({
  kind: "leakage",
  revision: 1,
  summary: "Stray light.",
  params: z.strictObject({
    profile: choice(["gaussian", "uniform"], { description: "Shape" }).default("gaussian"),
    level: number("1", "Strength").default(0.1),
    sigma_um: nullable(um("Width")).default(null),
  }),
});

const sensor = step({
  kind: "sensor",
  revision: 1,
  summary: "Photons to counts.",
  params: z.strictObject({
    photons_per_unit: quantity({ unit: "photons", description: "Photon budget", above: 0 }).default(
      100,
    ),
  }),
});

export const steps = [
  placeNeurons,
  cellActivity,
  bleaching,
  optics,
  composite,
  neuropil,
  vasculature,
  brainMotion,
  illuminationProfile,
  vignette,
  leakage,
  sensor,
] as const;

export const kinds: readonly string[] = steps.map((schema) => schema.kind);

export const factory = createSpecFactory(steps);
