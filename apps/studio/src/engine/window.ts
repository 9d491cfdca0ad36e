// The preview's recording: a window of the full one at true pixel scale and of a few seconds. It is a spec like any other. In the
// middle it is a small recording of its own, quick to make: what lies over the whole field of view is rewritten, by the steps themselves, so that the
// window shows its middle. Anywhere else it is cut out of the recording, and its cells are the recording's.
import { specInWindow } from "@minisim/pipeline";
import { geometryOf, type Spec, type Window, windowOf } from "@minisim/spec";
import { builtinSteps } from "minisim";
import type { Field } from "./focus.ts";
import type { WindowLimits } from "./window-limits.ts";

export interface Windowed {
  /** A recording in its own right: the same in Node. */
  readonly spec: Spec;
  /** The same window over all of the recording's duration. */
  readonly counted: Spec;
  /** The pixels of the sensor that it stands for. */
  readonly shown: Window;
  /** Whether its cells are drawn anew: a sample like the recording, not a part of it. */
  readonly redrawn: boolean;
}

/** `field` tells of the full field what a window cannot see. */
export function windowed(spec: Spec, limits: WindowLimits, field: Field): Windowed {
  const { acquisition } = spec;
  const { image_sensor: chip, optics } = acquisition;
  const pixelUm = chip.pixel_pitch_um / optics.magnification;
  const recorded = windowOf(acquisition);
  const affordable = affordableSide(field.cellsPerUm2(spec), pixelUm, limits);
  const side = Math.min(limits.side, affordable);
  const height = Math.min(recorded.height, side);
  const width = Math.min(recorded.width, side);
  const [y, x] = limits.place ?? [0.5, 0.5];
  const shown = {
    top: recorded.top + startOf(y, recorded.height, height),
    left: recorded.left + startOf(x, recorded.width, width),
    height,
    width,
  };
  const isWhole = height === recorded.height && width === recorded.width;
  const isCut = acquisition.window !== undefined || limits.place !== null;
  const n_frames = geometryOf(acquisition).n_frames;
  const redrawn = !isWhole && !isCut;
  const of = (frames: number): Spec => {
    const size = redrawn ? { height, width } : sizeOf(chip);
    // What is whole in every way is the recording.
    const small =
      redrawn || frames < n_frames
        ? specInWindow(withoutWindow(spec), builtinSteps, { ...size, n_frames: frames })
        : withoutWindow(spec);
    // Cells that are drawn anew would draw an "auto" focus to others.
    const focus = redrawn ? field.focus(spec) : null;
    return {
      ...small,
      acquisition: {
        ...small.acquisition,
        ...(isCut && (!isWhole || acquisition.window) && { window: shown }),
        ...(focus !== null && { focal_depth_in_tissue_um: focus }),
      },
      output: { ...spec.output, save_intermediates: false },
    };
  };
  return { spec: of(Math.min(n_frames, limits.frames)), counted: of(n_frames), shown, redrawn };
}

function withoutWindow(spec: Spec): Spec {
  const { window: _, ...acquisition } = spec.acquisition;
  return { ...spec, acquisition };
}

const sizeOf = (chip: Spec["acquisition"]["image_sensor"]) => ({
  height: chip.n_px_height,
  width: chip.n_px_width,
});

/** Where a window of this length begins, so that its centre is as near to the share of the whole as can be. */
function startOf(share: number, whole: number, length: number): number {
  return Math.min(Math.max(Math.round(share * whole - length / 2), 0), whole - length);
}

function affordableSide(cellsPerUm2: number, pixelUm: number, { side, cells }: WindowLimits) {
  const affordable = Math.sqrt(cells / Math.max(cellsPerUm2, 1e-12)) / pixelUm;
  return Math.max(Math.ceil(side / 4), Math.floor(affordable));
}
