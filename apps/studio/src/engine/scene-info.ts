// What the side panels show of a compiled recording, taken from its ground truth.
import { contours } from "@minisim/figures";
import { depthOfFieldUm } from "@minisim/optics";
import { slots } from "@minisim/pipeline";
import type { Preview } from "./preview.ts";
import type { Outlines, SceneInfo, UnitTrace } from "./types.ts";

export function sceneInfo(preview: Preview, number: number): SceneInfo {
  const { truth, plan } = preview;
  const { optics, tissue } = plan.spec.acquisition;
  return {
    plan: number,
    planted: plan.scene.get(slots.cells).count,
    inView: truth.n_units,
    centersUm: truth.centers_um.data.slice(),
    inFocus: truth.in_focus.data.slice(),
    focalDepthUm: truth.focal_depth_um,
    curvatureRadiusUm: optics.field_curvature_radius_um,
    depthOfFieldUm: depthOfFieldUm(optics, tissue),
    shifts: truth.shifts ? truth.shifts.data.slice() : null,
    vessels: truth.vasculature_mask ? Float32Array.from(truth.vasculature_mask.data) : null,
  };
}

/**
 * Outlines at half of each observed footprint's peak, in pixels of the field of view. Gives way now and then, for a frame or
 * the next change; null once `current` says no.
 */
export async function outlinesOf(
  { truth }: Preview,
  number: number,
  current: () => boolean,
): Promise<Outlines | null> {
  const [top, left] = truth.fov_offset;
  const stack = truth.observed_footprints;
  const loopsOf = new Int32Array(stack.length + 1);
  const starts: number[] = [0];
  const points: number[] = [];
  let paused = performance.now();
  for (let unit = 0; unit < stack.length; unit++) {
    if (performance.now() - paused > 8) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (!current()) return null;
      paused = performance.now();
    }
    const { row, col, height, width, data } = stack.at(unit);
    const peak = highest(data);
    const loops = peak > 0 ? contours({ height, width, data }, 0.5 * peak) : [];
    for (const loop of loops) {
      for (const [y, x] of loop) points.push(row - top + y + 0.5, col - left + x + 0.5);
      starts.push(points.length / 2);
    }
    loopsOf[unit + 1] = starts.length - 1;
  }
  return {
    plan: number,
    loopsOf,
    starts: Int32Array.from(starts),
    points: Float32Array.from(points),
  };
}

const CHUNK = 16;

/** Calcium, spikes and ROI means of some units; gives way between blocks and ends early once `current` says no. */
export async function tracesOf(
  preview: Preview,
  stage: string,
  units: readonly number[],
  current: () => boolean,
): Promise<UnitTrace[]> {
  const { truth, plan } = preview;
  const { n_frames: frames, fov } = plan.program.geometry;
  const masks = units.map((unit) => roiPixels(preview, unit));
  const rois = units.map(() => new Float64Array(frames));
  const hasMovie = preview.stages.some(({ name, hasMovie }) => name === stage && hasMovie);
  for (let first = 0; hasMovie && first < frames && current(); first += CHUNK) {
    const data = preview.frames(stage, first, CHUNK);
    const area = fov.height * fov.width;
    for (let f = 0; f * area < data.length; f++) {
      for (const [i, mask] of masks.entries()) {
        let sum = 0;
        for (const pixel of mask) sum += data[f * area + pixel]!;
        rois[i]![first + f] = mask.length > 0 ? sum / mask.length : 0;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return units.map((unit, i) => {
    const { offsets, data } = truth.spike_times_s;
    return {
      unit,
      calcium: truth.field("C").rows(unit, unit + 1) as Float64Array,
      spikeTimes: data.slice(offsets[unit], offsets[unit + 1]),
      roi: rois[i]!,
    };
  });
}

function highest(data: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < data.length; i++) if (data[i]! > most) most = data[i]!;
  return most;
}

/** Pixels of the field of view at or above half of the footprint's peak. */
function roiPixels({ truth }: Preview, unit: number): Int32Array {
  const [top, left] = truth.fov_offset;
  const [fovHeight, fovWidth] = truth.fov_shape;
  const { row, col, height, width, data } = truth.observed_footprints.at(unit);
  const peak = highest(data);
  const pixels: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [r, c] = [row + y - top, col + x - left];
      const inside = r >= 0 && c >= 0 && r < fovHeight && c < fovWidth;
      if (inside && peak > 0 && data[y * width + x]! >= 0.5 * peak) pixels.push(r * fovWidth + c);
    }
  }
  return Int32Array.from(pixels);
}
