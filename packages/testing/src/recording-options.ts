// The options of makeRecording: defaults, and what is wrong with given ones.
import { shown, unknownOptions } from "@minisim/spec/input";

/** Parameters of a step, without its kind. */
export type StepParameters = Readonly<Record<string, unknown>>;

export interface RecordingOptions {
  /** Cells on a jittered grid in the middle 70 % of the field of view. Default 6. */
  readonly n_cells?: number;
  /** Rows and columns of the sensor. Default 128. */
  readonly n_px?: number;
  /** Side of a pixel in the tissue. Default 1. */
  readonly pixel_size_um?: number;
  /** Default 2. */
  readonly duration_s?: number;
  /** Default 20. */
  readonly fps?: number;
  /** Default 0. */
  readonly seed?: number;
  /** Depth of the cells below the surface; [from, to]: drawn evenly between them. Default 50. */
  readonly depth_um?: number | readonly [from: number, to: number];
  /** Depth of the focal plane; "auto" focuses on the cells. Default "auto". */
  readonly focal_depth_um?: number | "auto";
  /** Default 5. */
  readonly soma_radius_um?: number;
  /** Default "soma". */
  readonly morphology?: "soma" | "cytosolic";
  /** Parameters of place_neurons: cells of your own in place of those on the grid. */
  readonly population?: StepParameters;
  /** Parameters of brain_motion; {} moves with its defaults. Without it nothing moves. */
  readonly motion?: StepParameters;
  /** Parameters of cell_activity, over those of lively cells: { rate_hz: 8, rate_log10_sd: 0, silent_fraction: 0, burst_mean: 4 }. */
  readonly activity?: StepParameters;
  /** Parameters of the sensor, over { photons_per_um2_s: 800 }. */
  readonly sensor?: StepParameters;
  /** Further steps of a spec: [{ kind: "neuropil" }]. */
  readonly extra_steps?: readonly { readonly kind: string; readonly [field: string]: unknown }[];
}

export const DEFAULTS = {
  n_cells: 6,
  n_px: 128,
  pixel_size_um: 1,
  duration_s: 2,
  fps: 20,
  seed: 0,
  depth_um: 50,
  focal_depth_um: "auto",
  soma_radius_um: 5,
  morphology: "soma",
} as const satisfies RecordingOptions;

/** What the grid's cells are like: of no use beside a population of one's own. */
const OF_THE_GRID = ["n_cells", "depth_um", "soma_radius_um", "morphology"] as const;
const PARAMETERS = ["population", "motion", "activity", "sensor"] as const;
const KNOWN = [...Object.keys(DEFAULTS), ...PARAMETERS, "extra_steps"];

const MOST_CELLS = 100_000;
/** As many pixels as a sensor of a spec may have on a side. */
const MOST_PIXELS = 8192;
const DEEPEST_UM = 10_000;

const isNumber = (value: unknown): value is number => Number.isFinite(value);
const isWhole = (value: unknown, least: number, most: number): boolean =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
const isDepth = (value: unknown): boolean => isNumber(value) && value >= 0 && value <= DEEPEST_UM;
const isPositive = (most: number) => (value: unknown) =>
  isNumber(value) && value > 0 && value <= most;
const isObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

interface Rule {
  readonly must: string;
  readonly holds: (value: unknown) => boolean;
}

const positive = (most: number, unit: string): Rule => ({
  must: `must be a number above 0 and at most ${most}${unit}`,
  holds: isPositive(most),
});
const RULES: Readonly<Record<string, Rule>> = {
  n_cells: {
    must: `must be a whole number from 0 to ${MOST_CELLS}`,
    holds: (value) => isWhole(value, 0, MOST_CELLS),
  },
  n_px: {
    must: `must be a whole number from 1 to ${MOST_PIXELS}`,
    holds: (value) => isWhole(value, 1, MOST_PIXELS),
  },
  pixel_size_um: positive(100, " µm"),
  duration_s: positive(86_400, " s"),
  fps: positive(1000, " Hz"),
  seed: {
    must: "must be a whole number from 0 to 2^53 − 1",
    holds: (value) => isWhole(value, 0, Number.MAX_SAFE_INTEGER),
  },
  depth_um: {
    must: `must be a depth from 0 to ${DEEPEST_UM} µm, or two of them in rising order`,
    holds: (value) =>
      isDepth(value) ||
      (Array.isArray(value) && value.length === 2 && value.every(isDepth) && value[0] <= value[1]),
  },
  focal_depth_um: {
    must: `must be a depth of at least 0 µm, or "auto"`,
    holds: (value) => value === "auto" || (isNumber(value) && value >= 0),
  },
  soma_radius_um: positive(100, " µm"),
  morphology: {
    must: `must be "soma" or "cytosolic"`,
    holds: (value) => value === "soma" || value === "cytosolic",
  },
  ...Object.fromEntries(
    PARAMETERS.map((name) => [name, { must: "must be an object of parameters", holds: isObject }]),
  ),
  extra_steps: {
    must: "must be a list of steps, each with its kind",
    holds: (value) => Array.isArray(value) && value.every(isObject),
  },
};

export interface CheckedOptions {
  /** What can be trusted; the defaults in place of what cannot. */
  readonly options: typeof DEFAULTS & RecordingOptions;
  readonly problems: readonly string[];
}

export function checkOptions(given: RecordingOptions): CheckedOptions {
  if (!isObject(given)) {
    return { options: DEFAULTS, problems: [`The options must be an object, not ${shown(given)}.`] };
  }
  const problems = unknownOptions(given, KNOWN);
  const sound: Record<string, unknown> = {};
  for (const name of KNOWN) {
    const value: unknown = given[name as keyof RecordingOptions];
    if (value === undefined) continue;
    const { must, holds } = RULES[name]!;
    if (holds(value)) sound[name] = value;
    else problems.push(`${name} ${must}, not ${shown(value)}.`);
  }
  const unused = OF_THE_GRID.filter((name) => given[name] !== undefined);
  if (given.population !== undefined && unused.length > 0) {
    problems.push(
      `population takes the place of the cells on the grid: ${unused.join(", ")} cannot be given beside it.`,
    );
  }
  return { options: { ...DEFAULTS, ...sound } as CheckedOptions["options"], problems };
}
