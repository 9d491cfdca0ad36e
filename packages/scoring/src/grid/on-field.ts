// An estimate's footprints drawn on the recording's field of view: every pixel as large as it was.
import { type Canvas, type Footprint, FootprintStack } from "@minisim/footprint";
import { type EstimateInput, footprintStack } from "../estimate-input.ts";
import type { ReportGrid } from "../report.ts";
import { canvasIn, uprightFootprints } from "./orientation.ts";

/**
 * For pictures. `grid`: of the report of this estimate.
 * @throws RangeError for footprints that do not lie on that grid.
 */
export function footprintsOnField(
  { footprints }: Pick<EstimateInput, "footprints">,
  { orientation, crop, spatial_binning, height, width }: ReportGrid,
  fov: Canvas,
): FootprintStack {
  const own = footprintStack(footprints, canvasIn(orientation, { height, width }));
  const upright = uprightFootprints(own, orientation);
  const [top, left] = crop;
  const window = { top: -top, left: -left, ...fov };
  if (spatial_binning === 1) return upright.crop(window);
  const n = spatial_binning;
  const large = Array.from({ length: upright.length }, (_, i) => enlarged(upright.at(i), n));
  return FootprintStack.from(large, { height: n * height, width: n * width }).crop(window);
}

function enlarged({ row, col, height, width, data }: Footprint, n: number): Footprint {
  const large = new Float32Array(n * height * n * width);
  for (let k = 0; k < large.length; k++) {
    const [y, x] = [Math.floor(k / (n * width)), k % (n * width)];
    large[k] = data[Math.floor(y / n) * width + Math.floor(x / n)]!;
  }
  return { row: n * row, col: n * col, height: n * height, width: n * width, data: large };
}
