// The preview's recording: a centred window of the full one at true pixel scale and of a few seconds. It is a spec like any
// other. What lies over the whole field of view is rewritten, by the steps themselves, so that the window shows its middle.
import { specInWindow } from "@minisim/pipeline";
import { geometryOf, type Spec } from "@minisim/spec";
import { builtinSteps } from "minisim";
import type { Field } from "./focus.ts";

export interface WindowLimits {
  /** Longest side of the window, px. */
  readonly side: number;
  readonly frames: number;
  /** Cells that are expected in the window; more shrink it, down to a quarter of the side. */
  readonly cells: number;
}

export const DEFAULT_LIMITS: WindowLimits = { side: 256, frames: 200, cells: 320 };

/** Limits of a window of this side: a larger one may have more cells, and "whole" has them all. */
export function limitsOf(side: number | "whole"): WindowLimits {
  if (side === "whole") return { ...DEFAULT_LIMITS, side: WHOLE, cells: Number.POSITIVE_INFINITY };
  const cells = Math.max(DEFAULT_LIMITS.cells, DEFAULT_LIMITS.cells * (side / 256) ** 2);
  return { ...DEFAULT_LIMITS, side, cells };
}

/** The largest side that a sensor can have, px. */
const WHOLE = 8192;

/** `field` tells of the full field what a window cannot see. */
export function windowSpec(spec: Spec, limits: WindowLimits, field: Field): Spec {
  const { acquisition } = spec;
  const { image_sensor: chip, optics } = acquisition;
  const pixelUm = chip.pixel_pitch_um / optics.magnification;
  const side = Math.min(limits.side, affordableSide(field.cellsPerUm2(spec), pixelUm, limits));
  const height = Math.min(chip.n_px_height, side);
  const width = Math.min(chip.n_px_width, side);
  // Cells that are drawn anew would draw an "auto" focus to others.
  const redrawn = !acquisition.window && (height < chip.n_px_height || width < chip.n_px_width);
  const n_frames = Math.min(geometryOf(acquisition).n_frames, limits.frames);
  const small = specInWindow(spec, builtinSteps, { height, width, n_frames });
  return {
    ...small,
    acquisition: {
      ...small.acquisition,
      focal_depth_in_tissue_um:
        (redrawn ? field.focus(spec) : null) ?? acquisition.focal_depth_in_tissue_um,
    },
    output: { ...spec.output, save_intermediates: false },
  };
}

function affordableSide(cellsPerUm2: number, pixelUm: number, { side, cells }: WindowLimits) {
  const affordable = Math.sqrt(cells / Math.max(cellsPerUm2, 1e-12)) / pixelUm;
  return Math.max(Math.ceil(side / 4), Math.floor(affordable));
}
