// What the light of all cells takes: their blurred patches, made once and read for every frame.
import { blurOperations, coarseGrid } from "@minisim/kernels";
import { area, type CellGroup, meanPatchPx, type Work, type WorkContext } from "@minisim/pipeline";
import { reachOf, sharingGrids, spacingOf } from "./halo.ts";

// Nanoseconds, measured: a patch, a pixel of it, a multiplication of its blur.
const PATCH_NS = 60_000;
const PIXEL_NS = 15;
const BLUR_NS = 0.17;

/** A patch is made before it is copied into the stack. */
const PASSING_BYTES = 4;

export function compositeWork(context: WorkContext<unknown>): Work {
  const { geometry, cells } = context;
  const { canvas } = geometry;
  const halos = haloWork(context);
  const shining = cells.filter((group) => group.has_trace);
  const sum = (value: (group: CellGroup) => number) =>
    shining.reduce((total, group) => total + group.count * value(group), 0);
  const observedPx = (group: CellGroup) => meanPatchPx(group.side_px + 2 * group.blur_px, canvas);
  const footprint_px = sum(observedPx);
  return {
    footprint_px,
    ...halos,
    passing_bytes: PASSING_BYTES * footprint_px,
    operations:
      sum((group) => blurNs(group, observedPx(group))) + PIXEL_NS * (halos.coefficients ?? 0),
  };
}

/** What the halos read for every frame: nodes around each, and all pixels for each grid. */
function haloWork({ acquisition, geometry, cells }: WorkContext<unknown>): Work {
  const { halo_fraction, halo_width } = acquisition.tissue;
  if (halo_fraction === 0) return {};
  const { canvas, pixel_size_um } = geometry;
  const shining = cells
    .filter(({ has_trace, depth_um }) => has_trace && depth_um > 0)
    .map(({ count, depth_um }) => ({ count, sigma_px: (halo_width * depth_um) / pixel_size_um }));
  const groups = sharingGrids(shining);
  const nodes = groups.flatMap((group) => {
    const spacing_px = spacingOf(group);
    const grid = coarseGrid(canvas, spacing_px);
    return group.map(({ count, sigma_px }) => {
      return count * meanPatchPx(2 * reachOf(sigma_px, spacing_px) + 1, grid);
    });
  });
  return {
    coefficients: nodes.reduce((total, some) => total + some, 0),
    spline_px: groups.length * area(canvas),
  };
}

function blurNs({ side_px, blur_px }: CellGroup, observed_px: number): number {
  const observed = Math.sqrt(observed_px);
  const blur = blurOperations({
    source: { height: side_px, width: side_px },
    target: { height: observed, width: observed },
    sigma_px: blur_px / 4,
    edge: "zero",
  });
  return PATCH_NS + PIXEL_NS * observed_px + BLUR_NS * blur;
}
