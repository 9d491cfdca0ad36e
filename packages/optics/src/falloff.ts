// Fields over the sensor's field of view that fall off from a centre: lamp profiles and vignettes, and a Gaussian glow.
import { exp, pow } from "@minisim/kernels/math";

interface Grid {
  readonly height: number;
  readonly width: number;
}

export interface RadialFalloff {
  /** Value at the farthest corner, 0..1. */
  readonly falloff: number;
  readonly exponent: number;
  /** (y, x) µm of the brightest point from the centre of the field of view. */
  readonly center_offset_um: readonly [number, number];
}

/**
 * field = 1 − (1 − falloff) (r / r_max)^exponent, r from the centre plus offset, r_max the distance to the farthest corner.
 * Row-major, height × width, dimensionless; 1 everywhere on a grid of one pixel.
 */
export function radialFalloff(
  { falloff, exponent, center_offset_um: [centerY, centerX] }: RadialFalloff,
  { height, width }: Grid,
  pixelSizeUm: number,
): Float64Array {
  const offset = (index: number, length: number, center: number) =>
    (index - (length - 1) / 2) * pixelSizeUm - center;
  const farthest = (length: number, center: number) =>
    Math.max(Math.abs(offset(0, length, center)), Math.abs(offset(length - 1, length, center)));
  const farY = farthest(height, centerY);
  const farX = farthest(width, centerX);
  const radiusMax = Math.sqrt(farY * farY + farX * farX);
  const field = new Float64Array(height * width).fill(1);
  if (radiusMax === 0) return field;
  for (let row = 0; row < height; row++) {
    const y = offset(row, height, centerY);
    for (let col = 0; col < width; col++) {
      const x = offset(col, width, centerX);
      const relative = Math.sqrt(y * y + x * x) / radiusMax;
      field[row * width + col] = 1 - (1 - falloff) * pow(relative, exponent);
    }
  }
  return field;
}

/**
 * The falloff at the corner of a window in the centre of a field, with which `radialFalloff` gives on the window what the field has there:
 * 1 − (1 − f) (r / r_max)^p with another r_max is the same profile with another f.
 */
export function falloffInWindow(
  { falloff, exponent, center_offset_um }: RadialFalloff,
  field: Grid,
  window: Grid,
  pixelSizeUm: number,
): number {
  const whole = farthestCornerUm(field, center_offset_um, pixelSizeUm);
  if (whole === 0) return falloff;
  const ratio = farthestCornerUm(window, center_offset_um, pixelSizeUm) / whole;
  // In this form the field's own size gives its own falloff, to the last bit.
  return falloff + (1 - falloff) * (1 - pow(ratio, exponent));
}

function farthestCornerUm(
  { height, width }: Grid,
  [centerY, centerX]: RadialFalloff["center_offset_um"],
  pixelSizeUm: number,
): number {
  const reach = (length: number, center: number) =>
    ((length - 1) / 2) * pixelSizeUm + Math.abs(center);
  const y = reach(height, centerY);
  const x = reach(width, centerX);
  return Math.sqrt(y * y + x * x);
}

/** level · exp(−r² / 2σ²), r µm from the centre of the field of view. Row-major, height × width. */
export function gaussianGlow(
  level: number,
  sigmaUm: number,
  { height, width }: Grid,
  pixelSizeUm: number,
): Float64Array {
  const field = new Float64Array(height * width);
  for (let row = 0; row < height; row++) {
    const y = ((row - (height - 1) / 2) * pixelSizeUm) / sigmaUm;
    for (let col = 0; col < width; col++) {
      const x = ((col - (width - 1) / 2) * pixelSizeUm) / sigmaUm;
      field[row * width + col] = level * exp(-(y * y + x * x) / 2);
    }
  }
  return field;
}
