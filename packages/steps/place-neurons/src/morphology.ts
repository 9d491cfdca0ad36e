// A cell's planted footprint: the body, and in cytosolic cells its processes.
import type { Footprint } from "@minisim/footprint";
import { type Arbor, type Disc, type Draws, growDendrites } from "./dendrites.ts";
import { footprintOn, mergeMax, type Patch, patchBetween } from "./patch.ts";
import { type Point, somaPatch } from "./soma.ts";

export interface Morphology extends Arbor {
  readonly irregularity: number;
  readonly kind: "soma" | "cytosolic";
}

/** A canvas centred on the optical axis, sizes in pixels. */
export interface Grid {
  readonly height: number;
  readonly width: number;
  readonly pixel_size_um: number;
}

/**
 * The footprint of a cell at lateral position (y, x) µm on a canvas centred on the optical axis: peak 1, float32,
 * empty where the cell does not reach the canvas. `light_px` is its sum before the canvas cut it.
 *
 * @param draws the cell's own randomness by purpose; the body never depends on the dendrites' draws
 */
export function plantFootprint(
  position_um: readonly [number, number],
  grid: Grid,
  morphology: Morphology,
  draws: (purpose: "soma" | "dendrites") => Draws,
): { planted: Footprint; light_px: number } {
  // The cell is painted relative to the middle pixel and then moved by whole pixels, so that rounding cannot make its
  // pixels depend on the size of the canvas.
  const middle = { row: (grid.height - 1) >> 1, col: (grid.width - 1) >> 1 };
  const centre = {
    row: position_um[0] / grid.pixel_size_um + (grid.height - 1) / 2 - middle.row,
    col: position_um[1] / grid.pixel_size_um + (grid.width - 1) / 2 - middle.col,
  };
  const patch = paint(centre, morphology, draws);
  const planted = footprintOn(grid, {
    ...patch,
    row: patch.row + middle.row,
    col: patch.col + middle.col,
  });
  let light_px = 0;
  for (let i = 0; i < patch.data.length; i++) light_px += patch.data[i]!;
  return { planted, light_px };
}

function paint(
  centre: Point,
  morphology: Morphology,
  draws: (purpose: "soma" | "dendrites") => Draws,
): Patch {
  const { soma_radius_px, irregularity } = morphology;
  const somaDraws = draws("soma");
  const soma = somaPatch(centre, soma_radius_px, irregularity, () => somaDraws.normal());
  if (morphology.kind === "soma") return soma;
  const discs = growDendrites(centre, morphology, draws("dendrites"));
  const patch = around(soma, discs);
  mergeMax(patch, soma);
  for (const disc of discs) paintDisc(patch, disc);
  return patch;
}

/** An empty patch that holds the body and every disc. */
function around(soma: Patch, discs: readonly Disc[]): Patch {
  let top = soma.row;
  let left = soma.col;
  let bottom = soma.row + soma.height - 1;
  let right = soma.col + soma.width - 1;
  for (const { row, col, radius } of discs) {
    top = Math.min(top, Math.round(row - radius));
    left = Math.min(left, Math.round(col - radius));
    bottom = Math.max(bottom, Math.round(row + radius));
    right = Math.max(right, Math.round(col + radius));
  }
  return patchBetween(top, left, bottom, right);
}

/** Raises the pixels whose centre lies in the disc to the disc's weight. */
function paintDisc(patch: Patch, { row, col, radius, weight }: Disc): void {
  for (let y = Math.ceil(row - radius); y <= row + radius; y++) {
    for (let x = Math.ceil(col - radius); x <= col + radius; x++) {
      if ((y - row) * (y - row) + (x - col) * (x - col) > radius * radius) continue;
      const at = (y - patch.row) * patch.width + x - patch.col;
      if (weight > patch.data[at]!) patch.data[at] = weight;
    }
  }
}
