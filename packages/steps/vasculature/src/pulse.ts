// How vessels that pulse are shaded: a mask at rest, and how it changes with their radius.
import { factorAt, rowOf, type SceneGeometry } from "@minisim/pipeline";

// The change of the mask is taken between radii 5 % narrower and wider than at rest, about the whole swing of vasomotion, so that the straight line fits it best there.
const DILATION = 0.05;

// Vessels are followed from half of their radius at rest to one and a half of it, so that no mask on the straight line is negative.
const REACH = 0.5;

export interface Pulse {
  /** The constant part of the radius, relative to that of the parameters. */
  readonly steady: number;
  /** What its course adds to the steady radius, relative to it: one value a frame; null where nothing changes. */
  readonly dilation: Float64Array | null;
}

/** What is announced of the radius, on the optical axis. */
export function pulseOf(announced: Parameters<typeof factorAt>[0], geometry: SceneGeometry): Pulse {
  const { steady, course } = factorAt(announced, geometry, 0, 0);
  return { steady, dilation: course && rowOf(course, 0).map((radius) => clamp(radius - 1, REACH)) };
}

/**
 * dM/dr at rest by a central difference, r relative to rest, at least −M / 0.5: M(t) ≈ M + (r(t) − 1) · swing.
 * @param mask M, at rest
 */
export function swingOf(
  mask: Float64Array,
  maskAt: (radius: number) => Float64Array,
): Float64Array {
  const narrow = maskAt(1 - DILATION);
  return maskAt(1 + DILATION).map((wide, i) =>
    Math.max((wide - narrow[i]!) / (2 * DILATION), -mask[i]! / REACH),
  );
}

const clamp = (value: number, most: number): number => Math.min(Math.max(value, -most), most);
