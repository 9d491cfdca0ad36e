// Rectangles of pixels: canvases, windows, and where two of them meet.

/** Size of a pixel grid. */
export interface Canvas {
  readonly height: number;
  readonly width: number;
}

/** A rectangle of pixels; `top` and `left` may be negative where it reaches past its canvas. */
export interface Window extends Canvas {
  readonly top: number;
  readonly left: number;
}

/** The pixels that two rectangles share, or null when they share none. */
export function intersect(a: Window, b: Window): Window | null {
  const top = Math.max(a.top, b.top);
  const left = Math.max(a.left, b.left);
  const height = Math.min(a.top + a.height, b.top + b.height) - top;
  const width = Math.min(a.left + a.width, b.left + b.width) - left;
  return height > 0 && width > 0 ? { top, left, height, width } : null;
}
