// What the light of all cells takes: their blurred patches, made once and read for every frame.
import { blurOperations } from "@minisim/kernels";
import { type CellGroup, meanPatchPx, type Work, type WorkContext } from "@minisim/pipeline";

// Nanoseconds, measured: a patch, a pixel of it, a multiplication of its blur.
const PATCH_NS = 60_000;
const PIXEL_NS = 15;
const BLUR_NS = 0.17;

/** A patch is made before it is copied into the stack. */
const PASSING_BYTES = 4;

export function compositeWork({ geometry: { canvas }, cells }: WorkContext<unknown>): Work {
  const shining = cells.filter((group) => group.has_trace);
  const sum = (value: (group: CellGroup) => number) =>
    shining.reduce((total, group) => total + group.count * value(group), 0);
  const observedPx = (group: CellGroup) => meanPatchPx(group.side_px + 2 * group.blur_px, canvas);
  const footprint_px = sum(observedPx);
  return {
    footprint_px,
    passing_bytes: PASSING_BYTES * footprint_px,
    operations: sum((group) => blurNs(group, observedPx(group))),
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
