// The preview's recording: a centred window of the full one at true pixel scale and of a few seconds. It is a spec like any
// other. Fields that are laid over the whole field of view are rewritten so that the window shows their middle.
import type { Spec } from "minisim";
import type { Field } from "./focus.ts";

export interface WindowLimits {
  /** Longest side of the window, px. */
  readonly side: number;
  readonly frames: number;
  /** Cells that are expected in the window; more shrink it, down to a quarter of the side. */
  readonly cells: number;
}

export const DEFAULT_LIMITS: WindowLimits = { side: 256, frames: 200, cells: 320 };

/** `field` tells of the full field what a window cannot see. */
export function windowSpec(spec: Spec, limits: WindowLimits, field: Field): Spec {
  const { acquisition } = spec;
  const { image_sensor: chip, optics } = acquisition;
  const pixelUm = chip.pixel_pitch_um / optics.magnification;
  const side = Math.min(limits.side, affordableSide(field.cellsPerUm2(spec), pixelUm, limits));
  const height = Math.min(chip.n_px_height, side);
  const width = Math.min(chip.n_px_width, side);
  const full = [chip.n_px_height, chip.n_px_width] as const;
  const cropped = height < full[0] || width < full[1];
  const frames = windowFrames(spec, limits);
  return {
    ...spec,
    acquisition: {
      ...acquisition,
      duration_s: frames / acquisition.fps,
      focal_depth_in_tissue_um:
        (cropped ? field.focus(spec) : null) ?? acquisition.focal_depth_in_tissue_um,
      image_sensor: { ...chip, n_px_height: height, n_px_width: width },
    },
    steps: spec.steps.map((step) => middleOf(step, full, [height, width], pixelUm)),
    output: { ...spec.output, save_intermediates: false },
  } as Spec;
}

const windowFrames = ({ acquisition }: Spec, limits: WindowLimits): number =>
  Math.min(acquisition.duration_s * acquisition.fps, limits.frames);

function affordableSide(cellsPerUm2: number, pixelUm: number, { side, cells }: WindowLimits) {
  const affordable = Math.sqrt(cells / Math.max(cellsPerUm2, 1e-12)) / pixelUm;
  return Math.max(Math.ceil(side / 4), Math.floor(affordable));
}

type Size = readonly [height: number, width: number];
type Step = Spec["steps"][number];

function middleOf(step: Step, full: Size, window: Size, pixelUm: number): Step {
  if (step.kind === "illumination_profile" || step.kind === "vignette") {
    const { falloff, exponent, center_offset_um } = step;
    // 1 − (1 − f) (r / r_max)^p with another r_max is the same field with another f.
    const whole = farthest(full, center_offset_um, pixelUm);
    const ratio = whole === 0 ? 0 : farthest(window, center_offset_um, pixelUm) / whole;
    // A preview is not a promise of bytes across engines for this number: rounded well above the last bits.
    const drop = Math.round((1 - falloff) * power(ratio, exponent) * 1e9) / 1e9;
    return { ...step, falloff: 1 - drop };
  }
  if (step.kind === "leakage" && step.sigma_um === null) {
    return { ...step, sigma_um: (Math.min(...full) * pixelUm) / 4 };
  }
  return step;
}

// The engines' own functions: what leaves here is rounded and part of the window's spec.
const power = (base: number, exponent: number): number => base ** exponent;

function farthest([height, width]: Size, [y, x]: readonly [number, number], pixelUm: number) {
  const reach = (length: number, centre: number) => ((length - 1) / 2) * pixelUm + Math.abs(centre);
  return Math.sqrt(reach(height, y) ** 2 + reach(width, x) ** 2);
}
