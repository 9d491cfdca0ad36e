// What the background takes: a blurred field of noise for each component.
import { blurOperations } from "@minisim/kernels";
import { area, type Work, type WorkContext } from "@minisim/pipeline";
import type { Frozen } from "@minisim/spec";
import type { z } from "zod";
import type { params as schema } from "./params.ts";

// Nanoseconds, measured: a pixel of a field, noise and scaling; a multiplication of its blur; a frame of a time course.
const PIXEL_NS = 30;
const BLUR_NS = 0.3;
const FRAME_NS = 150;

// The working memory of the kernels, for the noise, the blurred noise and the rows in between, which they keep.
const KERNEL_BYTES = 12;
// The fields one by one, before they are one array.
const PASSING_BYTES = 8;
// What of the fields is in view, for the truth, where there is a margin.
const TRUTH_BYTES = 8;
const BYTES_PER_FRAME = 32;

export function neuropilWork({
  params: { n_components, spatial_sigma_um },
  geometry: { canvas, fov, margin_px, n_frames, pixel_size_um },
}: WorkContext<Frozen<z.output<typeof schema>>>): Work {
  const canvas_px = area(canvas);
  const field_px = n_components * canvas_px;
  const sigma_px = spatial_sigma_um / pixel_size_um;
  const blur = blurOperations({ source: canvas, target: canvas, sigma_px, edge: "nearest" });
  const truth_px = margin_px > 0 ? n_components * area(fov) : 0;
  return {
    field_px,
    held_bytes:
      KERNEL_BYTES * canvas_px + TRUTH_BYTES * truth_px + BYTES_PER_FRAME * n_components * n_frames,
    passing_bytes: PASSING_BYTES * field_px,
    operations: n_components * (PIXEL_NS * canvas_px + BLUR_NS * blur + FRAME_NS * n_frames),
  };
}
