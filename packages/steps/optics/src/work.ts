// What the optics make of the cells, expected: how far each depth is blurred. The blurred patches are made where they are used.
import { attenuation, cellOptics, curvatureShiftUm, type TissueParameters } from "@minisim/optics";
import type { CellGroup, Work, WorkContext } from "@minisim/pipeline";

// Nanoseconds, measured: of a cell, to try 96 planes for the focus and to be described.
const CELL_NS = 15_000;
const BYTES_PER_CELL = 100;

// Places in a field whose focal surface is curved: of a cell in the middle of the inner, middle and outer third of its area.
const RINGS = [1 / 6, 1 / 2, 5 / 6] as const;

export function opticsWork({ acquisition, geometry, cells }: WorkContext<unknown>): Work {
  const { optics, tissue, focal_depth_in_tissue_um } = acquisition;
  const { canvas, pixel_size_um } = geometry;
  const diagonalSquared = canvas.height * canvas.height + canvas.width * canvas.width;
  // Of a disc with the mean squared radius of the canvas.
  const rimSquared = (diagonalSquared / 6) * pixel_size_um * pixel_size_um;
  const curved = optics.field_curvature_radius_um !== null;
  const shifts = (curved ? RINGS : [0]).map((share) =>
    curvatureShiftUm(Math.sqrt(share * rimSquared), optics.field_curvature_radius_um),
  );
  const middle = shifts[Math.floor(shifts.length / 2)]!;
  const focal =
    focal_depth_in_tissue_um === "auto"
      ? brightDepth(cells, tissue) + middle
      : focal_depth_in_tissue_um;
  const count = cells.reduce((sum, group) => sum + group.count, 0);
  return {
    focal_depth_um: focal,
    cells: cells.flatMap((group) =>
      shifts.map((shift_um) => {
        const view = { z_um: group.depth_um, focal_um: focal - shift_um, optics, tissue };
        const { sigma_px } = cellOptics({ ...view, pixel_size_um });
        const blur_px = Math.floor(4 * sigma_px + 0.5);
        return { ...group, count: group.count / shifts.length, blur_px };
      }),
    ),
    held_bytes: BYTES_PER_CELL * count,
    operations: CELL_NS * count,
  };
}

/** Where half of the light comes from above: about where the search for the focus ends. */
function brightDepth(cells: readonly CellGroup[], tissue: TissueParameters): number {
  const lights = cells.map(({ count, depth_um }) => count * attenuation(depth_um, tissue));
  const order = [...cells.keys()].sort((a, b) => cells[a]!.depth_um - cells[b]!.depth_um);
  const half = lights.reduce((sum, light) => sum + light, 0) / 2;
  let above = 0;
  for (const group of order) {
    above += lights[group]!;
    if (above >= half) return cells[group]!.depth_um;
  }
  return 0;
}
