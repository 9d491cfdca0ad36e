// Reading a field of the sensor's pixels at a position in the tissue.

/**
 * The value of a field at (y, x) µm from the optical axis, which passes through the centre of its `height` × `width`
 * row-major pixels: the nearest pixel, the outermost one for positions beyond. Halfway between two pixels it is the one
 * of even index. An empty field is a RangeError.
 */
export function sampleFieldAt(
  field: ArrayLike<number>,
  shape: { readonly height: number; readonly width: number },
  pixel_size_um: number,
  y_um: number,
  x_um: number,
): number {
  const pixel = nearestPixel(shape, pixel_size_um, y_um, x_um);
  const value = field[pixel];
  if (value === undefined) {
    throw new RangeError(
      `A field of ${field.length} values has none at row ${Math.floor(pixel / shape.width)} and column ${pixel % shape.width} of ${shape.height} × ${shape.width}.`,
    );
  }
  return value;
}

/** The index of that pixel. */
export function nearestPixel(
  { height, width }: { readonly height: number; readonly width: number },
  pixel_size_um: number,
  y_um: number,
  x_um: number,
): number {
  const row = nearestIndex(y_um / pixel_size_um, height);
  return row * width + nearestIndex(x_um / pixel_size_um, width);
}

function nearestIndex(fromAxis_px: number, length: number): number {
  const index = (length - 1) / 2 + fromAxis_px;
  const below = Math.floor(index);
  const rest = index - below;
  const nearest = rest === 0.5 ? below + Math.abs(below % 2) : Math.round(index);
  return Math.min(Math.max(nearest, 0), length - 1);
}
