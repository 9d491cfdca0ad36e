// The brightest pixel of each cell: what it holds at rest, and how far it rises.
import type { Footprint, FootprintStack } from "@minisim/footprint";
import {
  type ActivityColumns,
  expectedLight,
  type FootprintLadder,
  footprintsInMotion,
  type Plan,
  type SceneGeometry,
  summaryOf,
} from "@minisim/pipeline";
import { type DetectionInput, type Exposure, expectedElectrons } from "@minisim/sensor";

export interface BrightestPixels {
  /** Mean light of each pixel of the field of view. */
  readonly light: Float64Array;
  /** One a cell; null for a cell without light in the field of view. */
  readonly rises: readonly (DetectionInput | null)[];
}

/**
 * At rest, behind all that the program does to the light of the cell; the background is the mean of all other light that shines there. ΔF and baseline are of the
 * clean trace, before bleaching.
 */
export function brightestPixels(
  { scene, program }: Plan,
  observed: FootprintStack,
  activity: ActivityColumns,
  exposure: Exposure,
): BrightestPixels {
  const moving = footprintsInMotion(scene);
  const { light, weights, transfer } = expectedLight(program, moving?.stack ?? observed);
  const ownLight = moving && weights ? lightOf(moving, weights, transfer, scene.geometry) : null;
  const { lowest, highest } = summaryOf(activity.C);
  const rises = Array.from({ length: observed.length }, (_, cell) => {
    const { peak, pixel } = brightest(observed.at(cell), transfer, scene.geometry);
    if (!(peak > 0) || !weights) return null;
    const own = ownLight ? ownLight(cell, pixel) : weights[cell]! * peak;
    const others = Math.max(0, light[pixel]! - own);
    return {
      peak: highest[cell]! - lowest[cell]!,
      baseline: lowest[cell]!,
      gain: expectedElectrons(peak, exposure),
      background_e: expectedElectrons(others, exposure),
    };
  });
  return { light, rises };
}

/** The largest value of a footprint behind the transfer to the field of view, and its pixel there. */
function brightest(
  { row, col, height, width, data }: Footprint,
  transfer: Float64Array,
  { fov, margin_px }: SceneGeometry,
): { peak: number; pixel: number } {
  let peak = 0;
  let at = 0;
  for (let y = 0; y < height; y++) {
    const fovRow = row + y - margin_px;
    if (fovRow < 0 || fovRow >= fov.height) continue;
    for (let x = 0; x < width; x++) {
      const fovCol = col + x - margin_px;
      if (fovCol < 0 || fovCol >= fov.width) continue;
      const pixel = fovRow * fov.width + fovCol;
      const value = data[y * width + x]! * transfer[pixel]!;
      if (value > peak) [peak, at] = [value, pixel];
    }
  }
  return { peak, pixel: at };
}

/** The mean light of a cell at a pixel of the field of view, from all its footprints while the focus moves. */
function lightOf(
  { stack, cells }: FootprintLadder,
  weights: Float64Array,
  transfer: Float64Array,
  { fov, margin_px }: SceneGeometry,
): (cell: number, pixel: number) => number {
  const firsts = new Map<number, number>();
  for (const [k, cell] of cells.entries()) if (!firsts.has(cell)) firsts.set(cell, k);
  return (cell, pixel) => {
    const y = Math.floor(pixel / fov.width) + margin_px;
    const x = (pixel % fov.width) + margin_px;
    let light = 0;
    for (let k = firsts.get(cell)!; cells[k] === cell; k++) {
      light += weights[k]! * valueAt(stack.at(k), y, x);
    }
    return light * transfer[pixel]!;
  };
}

function valueAt({ row, col, height, width, data }: Footprint, y: number, x: number): number {
  const inside = y >= row && y < row + height && x >= col && x < col + width;
  return inside ? data[(y - row) * width + x - col]! : 0;
}
