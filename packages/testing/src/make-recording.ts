// makeRecording: a small recording in one call, the same bytes every time.
import { formatPath, type Issue, type Path, type Spec, type SpecInput } from "@minisim/spec";
import { InputError } from "@minisim/spec/input";
import { type Recording, simulate, Spec as specs } from "minisim";
import { gridPositions } from "./grid.ts";
import { type CheckedOptions, checkOptions, type RecordingOptions } from "./recording-options.ts";

/** Any: the pixel's size in the tissue is what counts. */
const MAGNIFICATION = 8;

/** Two bursts of four spikes a second from every cell: a second of real life has few spikes, and a test wants to see some. */
const LIVELY = { rate_hz: 8, rate_log10_sd: 0, silent_fraction: 0, burst_mean: 4 };

/** Which option stands for a step of the spec. */
const OPTION_OF: Readonly<Record<string, string>> = {
  place_neurons: "population",
  brain_motion: "motion",
  cell_activity: "activity",
  sensor: "sensor",
};

/**
 * A recording for a test suite, simulated in memory: cells in a jittered grid (or a population of your own), calcium, optics,
 * and a sensor; whatever else `extra_steps` adds. Same options, same bytes, on every machine.
 * @throws InputError with a sentence for everything that is wrong with the options.
 */
export async function makeRecording(options: RecordingOptions = {}): Promise<Recording> {
  return simulate(recordingSpec(options));
}

/** The spec that `makeRecording` simulates, complete: to stream it to disk, or to vary it. @throws InputError */
export function recordingSpec(options: RecordingOptions = {}): Spec {
  const checked = checkOptions(options);
  const input = specOf(checked.options);
  const parsed = specs.safeParse(input);
  const issues = parsed.ok ? [] : parsed.issues.filter(({ severity }) => severity === "error");
  const problems = [
    ...checked.problems,
    ...issues.map((issue) => sentence(issue, input, checked.options)),
  ];
  if (problems.length > 0 || !parsed.ok) throw new InputError(problems);
  return parsed.spec;
}

function specOf(options: CheckedOptions["options"]): SpecInput {
  const { n_px, pixel_size_um, duration_s, fps, seed, focal_depth_um } = options;
  return {
    acquisition: {
      optics: { magnification: MAGNIFICATION },
      image_sensor: {
        n_px_height: n_px,
        n_px_width: n_px,
        pixel_pitch_um: MAGNIFICATION * pixel_size_um,
      },
      duration_s,
      fps,
      focal_depth_in_tissue_um: focal_depth_um,
    },
    seed,
    steps: [
      { kind: "place_neurons", ...(options.population ?? gridPopulation(options)) },
      { kind: "cell_activity", ...LIVELY, ...options.activity },
      { kind: "optics" },
      { kind: "composite" },
      ...(options.motion ? [{ kind: "brain_motion", ...options.motion }] : []),
      { kind: "sensor", photons_per_um2_s: 800, ...options.sensor },
      ...(options.extra_steps ?? []),
    ],
  };
}

function gridPopulation(options: CheckedOptions["options"]) {
  const { n_cells, n_px, pixel_size_um, depth_um, seed, soma_radius_um, morphology } = options;
  return {
    soma_radius_um,
    morphology,
    positions_um: gridPositions({ n_cells, side_um: n_px * pixel_size_um, depth_um, seed }),
  };
}

/** An issue of the spec in terms of the options: activity.tau_decay_s, not steps[1].tau_decay_s. */
function sentence({ path, message }: Issue, input: SpecInput, options: RecordingOptions): string {
  return `${formatPath(optionPath(path, input, options))}: ${message}`;
}

function optionPath(
  path: Path,
  { steps }: SpecInput,
  { population, extra_steps = [] }: RecordingOptions,
): Path {
  const [first, index, ...rest] = path;
  if (first !== "steps" || typeof index !== "number") return path;
  const own = steps.length - extra_steps.length;
  if (index >= own) return ["extra_steps", index - own, ...rest];
  const { kind } = steps[index]!;
  if (kind === "place_neurons" && !population) return rest;
  return [OPTION_OF[kind] ?? kind, ...rest];
}
