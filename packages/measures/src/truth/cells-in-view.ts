// Which cells of a truth count: those that a recording shows.
import type { FootprintStack } from "@minisim/footprint";
import type { GroundTruth } from "@minisim/recording";

export interface CellsInView {
  /** Numbers of the cells, half or more of whose observed light falls into the field of view. */
  readonly units: readonly number[];
  /** Their observed footprints, cropped to the field of view. */
  readonly footprints: FootprintStack;
}

const LEAST_SHARE = 0.5;

export function cellsInView(truth: GroundTruth): CellsInView {
  const whole = truth.observed_footprints;
  const [top, left] = truth.fov_offset;
  const [height, width] = truth.fov_shape;
  const seen = whole.crop({ top, left, height, width });
  const units = Array.from({ length: whole.length }, (_, unit) => unit).filter((unit) => {
    const light = sumOf(whole.at(unit).data);
    return light > 0 && sumOf(seen.at(unit).data) >= LEAST_SHARE * light;
  });
  return { units, footprints: seen.select(units) };
}

function sumOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
