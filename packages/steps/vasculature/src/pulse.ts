// How vessels that pulse are shaded: a mask at rest, and how it changes with their radius.
import { factorAt, rowOf, type SceneGeometry } from "@minisim/pipeline";

// The change of the mask is taken between radii 5 % narrower and wider than at rest, about the whole swing of vasomotion, so that the straight line fits it best there.
const DILATION = 0.05;

export interface Pulse {
  /** The constant part of the radius, relative to that of the parameters. */
  readonly steady: number;
  /** What its course adds to the steady radius, relative to it: one value a frame; null where nothing changes. */
  readonly dilation: Float64Array | null;
}

/** What is announced of the radius, on the optical axis. */
export function pulseOf(announced: Parameters<typeof factorAt>[0], geometry: SceneGeometry): Pulse {
  const { steady, course } = factorAt(announced, geometry, 0, 0);
  return { steady, dilation: course && rowOf(course, 0).map((radius) => radius - 1) };
}

/** dM/dr at rest by a central difference, r relative to rest: M(t) ≈ M + (r(t) − 1) · swing. */
export function swingOf(maskAt: (radius: number) => Float64Array): Float64Array {
  const narrow = maskAt(1 - DILATION);
  return maskAt(1 + DILATION).map((wide, i) => (wide - narrow[i]!) / (2 * DILATION));
}
