// The spatial components: smooth random fields of light, none negative, each carrying the same share of it.
import { blurField, normalField } from "@minisim/kernels";

interface Shape {
  readonly height: number;
  readonly width: number;
}

/**
 * One component: white noise low-passed by a Gaussian (nearest edge), shifted to a minimum of 0, scaled to a peak of 1.
 * The noise belongs to positions counted from the centre of the grid, so a wider grid keeps the noise it had.
 * A field without contrast (one pixel) is 1 everywhere.
 * @returns row-major, one value a pixel
 */
export function smoothField(
  shape: Shape,
  sigma_px: number,
  key: readonly [number, number],
): Float64Array {
  const noise = normalField(
    {
      rows: shape.height,
      cols: shape.width,
      rowStart: -Math.floor(shape.height / 2),
      colStart: -Math.floor(shape.width / 2),
    },
    key,
  );
  return stretch(blurField(noise, shape, sigma_px, "nearest"));
}

/** Shifts to a minimum of 0 and scales to a maximum of 1; 1 everywhere where there is no contrast. */
function stretch(field: Float64Array): Float64Array {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < field.length; i++) {
    const value = field[i]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const range = high - low;
  if (!(range > 0)) return field.fill(1);
  for (let i = 0; i < field.length; i++) field[i] = (field[i]! - low) / range;
  return field;
}

/**
 * Rescales fields to their common mean (the mean of their means), so that each carries an equal share of the light.
 * @returns the fields one after the other; a field's peak may then differ from 1
 */
export function shareEqually(fields: readonly Float64Array[]): Float64Array {
  const means = fields.map(meanOf);
  const common = means.reduce((sum, mean) => sum + mean, 0) / means.length;
  const size = fields[0]!.length;
  const shared = new Float64Array(fields.length * size);
  for (const [k, field] of fields.entries()) {
    const factor = common / means[k]!;
    const from = k * size;
    for (let i = 0; i < size; i++) shared[from + i] = field[i]! * factor;
  }
  return shared;
}

function meanOf(field: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < field.length; i++) sum += field[i]!;
  return sum / field.length;
}
