// What the background takes: a blurred field of noise on the coarse grid for each component.
import { blurOperations } from "@minisim/kernels";
import { area, type Work, type WorkContext } from "@minisim/pipeline";
import type { Frozen } from "@minisim/spec";
import type { z } from "zod";
import type { params as schema } from "./params.ts";
import { nodeGrid, spacingOf } from "./spatial.ts";

// Nanoseconds, measured: a node of a field, noise and scaling; a multiplication of its blur; a frame of a time course.
const NODE_NS = 60;
const BLUR_NS = 0.3;
const FRAME_NS = 150;

/** The nodes as they stay for the truth, and one by one on the way. */
const NODE_BYTES = 8;
const BYTES_PER_FRAME = 32;

export function neuropilWork({
  params: { n_components, spatial_sigma_um },
  geometry: { canvas, n_frames, pixel_size_um },
}: WorkContext<Frozen<z.output<typeof schema>>>): Work {
  const sigma_px = spatial_sigma_um / pixel_size_um;
  const grid = nodeGrid(canvas, sigma_px);
  const sigma = sigma_px / spacingOf(sigma_px);
  const padded = { height: grid.height + 8 * sigma, width: grid.width + 8 * sigma };
  const blur = blurOperations({ source: padded, target: padded, sigma_px: sigma, edge: "zero" });
  const coefficients = n_components * area(grid);
  return {
    coefficients,
    spline_px: area(canvas),
    longest_array: n_components * n_frames,
    held_bytes: NODE_BYTES * coefficients + BYTES_PER_FRAME * n_components * n_frames,
    passing_bytes: 2 * NODE_BYTES * coefficients,
    operations: n_components * (NODE_NS * area(padded) + BLUR_NS * blur + FRAME_NS * n_frames),
  };
}
