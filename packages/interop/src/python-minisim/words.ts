// Today's spec in the words of the Python package, which are those of the first edition: what it takes for granted is left out, and light
// is given as it gives it.
import { attenuation, collectionEfficiency } from "@minisim/optics";
import { photonsPerUnit } from "@minisim/sensor";
import { type Acquisition, geometryOf, type Spec, type StepSpec, windowOf } from "@minisim/spec";

type Json = Readonly<Record<string, unknown>>;

/** Mean of a neuropil field of the package, which lies between 0 and 1. Ours have a mean of 1. */
export const FIELD_MEAN = 0.5;

/** Standard deviations over their means: of a neuropil field there (measured), of its own time course, exp(0.4 x), of the population's (an estimate). */
const FIELD_CONTRAST = 0.1;
const OWN_CV = 0.41654636;
const POPULATION_CV = 0.04;

/** What the package has no word for, because it knows nothing else. */
const CHIP_WITHOUT_FAULTS: Json = {
  adc_bits: "auto",
  black_level_adu: 0,
  full_well_e: null,
  dark_current_e_s: 0,
  prnu: 0,
  dsnu_e: 0,
  row_pattern_e: 0,
  column_pattern_e: 0,
  row_noise_e: 0,
  hot_pixel_fraction: 0,
};

/** Whether the spec gives neuropil as today's do; one of a recording of the first edition is in the package's words already. */
export const hasOurNeuropil = ({ steps }: Spec): boolean =>
  steps.some((step) => step.kind === "neuropil" && "level" in step);

/** The same light in the package's words. What it has no word for stays. */
export function inTheirWords(spec: Spec): Json {
  const { spec_version: _, acquisition, steps, ...rest } = spec;
  return {
    ...rest,
    acquisition: acquisitionOf(acquisition),
    steps: steps.map((step) => stepOf(step, acquisition)),
  };
}

/** A window is a sensor of its size. The exposure is in the photons, and every blur is the package's own, so that neither needs a word. */
function acquisitionOf(acquisition: Acquisition): Json {
  const { exposure_fraction: _, image_sensor, tissue, window: _____, ...rest } = acquisition;
  const { height: n_px_height, width: n_px_width } = windowOf(acquisition);
  const { refractive_index: __, ...others } = tissue;
  const recorded = { ...image_sensor, n_px_height, n_px_width };
  const chip = without(recorded, CHIP_WITHOUT_FAULTS);
  const { hot_pixel_current_e_s: ___, ...coldChip } = chip;
  const { halo_width: ____, ...clear } = without(others, { halo_fraction: 0 });
  return {
    ...rest,
    image_sensor: "hot_pixel_fraction" in chip ? chip : coldChip,
    tissue: others.halo_fraction === 0 ? clear : others,
  };
}

function without(object: Json, neutral: Json): Json {
  const entries = Object.entries(object);
  return Object.fromEntries(
    entries.filter(([name, value]) => !(Object.hasOwn(neutral, name) && neutral[name] === value)),
  );
}

function stepOf(step: StepSpec, acquisition: Acquisition): Json {
  if (step.kind === "sensor" && typeof step.photons_per_um2_s === "number") {
    const { photons_per_um2_s, ...rest } = step;
    const { pixel_size_um, exposure_s } = geometryOf(acquisition);
    return {
      ...rest,
      photons_per_unit: photonsPerUnit(photons_per_um2_s, pixel_size_um, exposure_s),
    };
  }
  if (step.kind === "cell_activity" && "firing" in step) return activityOf(step as Activity);
  if (step.kind === "brain_motion") return motionOf(step);
  const isOurs = step.kind === "neuropil" && typeof step.level === "number";
  return isOurs ? neuropilOf(step as Neuropil, acquisition) : step;
}

interface Activity extends StepSpec {
  readonly tau_rise_s: number | "auto";
  readonly tau_decay_s: number | "auto";
  readonly gate_bin_hz: number;
  readonly gate_p_open: number;
  readonly gate_p_close: number;
  readonly gate_open_rate_hz: number;
  readonly gate_closed_rate_hz: number;
}

/** Of today's fields, those of cells that fire in bursts. Beside a gate they say nothing. */
const OF_BURSTS: ReadonlySet<string> = new Set([
  "rate_hz",
  "rate_log10_sd",
  "silent_fraction",
  "burst_mean",
  "burst_interval_s",
  "refractory_s",
  "drive_cv",
  "drive_tau_s",
  "assemblies",
  "assembly_size",
  "assembly_rate_hz",
  "assembly_participation",
  "assembly_jitter_s",
]);

/** The package's cells all have a gate, and light that is linear in calcium. What a spec has beside these stays, and has no word there. */
function activityOf(step: Activity): Json {
  const { gate_bin_hz, gate_p_open, gate_p_close, ...others } = step;
  const { gate_open_rate_hz, gate_closed_rate_hz, tau_rise_s, tau_decay_s, ...rest } = others;
  const entries = Object.entries(rest).filter(([name]) => !OF_BURSTS.has(name));
  return {
    ...without(Object.fromEntries(entries), {
      indicator: "linear",
      firing: "gate",
      spike_times_s: null,
      dff: null,
      kinetics_cv: 0,
      response_cv: 0,
      sampling_hz: gate_bin_hz,
    }),
    spike_sim_hz: gate_bin_hz,
    p_quiescent_to_active: gate_p_open,
    p_active_to_quiescent: gate_p_close,
    active_rate_hz: gate_open_rate_hz,
    quiescent_rate_hz: gate_closed_rate_hz,
    tau_rise_s: tau_rise_s === "auto" ? LINEAR.tau_rise_s : tau_rise_s,
    tau_decay_s: tau_decay_s === "auto" ? LINEAR.tau_decay_s : tau_decay_s,
  };
}

/** Time constants of the indicator "linear". */
const LINEAR = { tau_rise_s: 0.05, tau_decay_s: 0.5 };

/** The package's tissue shifts without rest. What else moves has no word there; its details say nothing where it does not. */
function motionOf(step: StepSpec): StepSpec {
  const details = {
    ...(step.rest_s === 0 && { locomotion_bout_s: step.locomotion_bout_s }),
    ...(step.rest_s === 0 && { rest_fraction: step.rest_fraction }),
    ...(step.nonrigid_um === 0 && { nonrigid_scale_um: step.nonrigid_scale_um }),
  };
  const neutral = { rest_s: 0, axial_motion_um: 0, rotation_deg: 0, nonrigid_um: 0, ...details };
  return { kind: step.kind, ...without(step, neutral) };
}

interface Neuropil extends StepSpec {
  readonly level: number;
  readonly depth_um: number;
  readonly population_coupling: number;
  readonly n_components: number;
}

/** The same mean light, shared alike between population and components. How much it varies in space and time is fixed in the package. */
function neuropilOf(step: Neuropil, { optics, tissue }: Acquisition): Json {
  const { level, depth_um, spatial_contrast: _, fluctuation_cv: __, ...others } = step;
  const { fluctuation_contrast: ___, population_coupling: share, ...rest } = others;
  const variance = FIELD_CONTRAST * FIELD_CONTRAST * (1 - 1 / step.n_components);
  const own = OWN_CV * Math.sqrt((1 + variance) / step.n_components);
  const ofPopulation = Math.sqrt(share) * own;
  return {
    ...rest,
    amplitude: (level * collectionEfficiency(optics) * attenuation(depth_um, tissue)) / FIELD_MEAN,
    population_coupling: ofPopulation / (ofPopulation + Math.sqrt(1 - share) * POPULATION_CV),
  };
}
