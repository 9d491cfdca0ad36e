// Where things are on the two grids of a simulation: the sensor's field of view (FOV) and the larger canvas, which adds
// a margin on every side so that tissue which moves into view is really there. Both are centred on the optical axis.
import type { Window } from "@minisim/footprint";
import type { Geometry } from "@minisim/spec";

export interface Shape {
  readonly height: number;
  readonly width: number;
}

/** A part of a recording: the centre of its field of view, from frame 0 on. */
export interface RecordingWindow extends Shape {
  readonly n_frames: number;
}

export interface SceneGeometry {
  readonly pixel_size_um: number;
  readonly fps: number;
  readonly n_frames: number;
  readonly fov: Shape;
  readonly canvas: Shape;
  /** Pixels of canvas beyond the FOV on each side. The FOV starts at (margin_px, margin_px) of the canvas. */
  readonly margin_px: number;
}

export function sceneGeometry(geometry: Geometry, fps: number, marginPx: number): SceneGeometry {
  const { fov } = geometry;
  return Object.freeze({
    pixel_size_um: geometry.pixel_size_um,
    fps,
    n_frames: geometry.n_frames,
    fov,
    canvas: Object.freeze({ height: fov.height + 2 * marginPx, width: fov.width + 2 * marginPx }),
    margin_px: marginPx,
  });
}

// Frames that are computed together share the reading of every operand; more than these need memory and save nothing.
const MOST_FRAMES = 16;
const MOST_BLOCK_PIXELS = 1 << 26;

/** Frames of a block where nobody says otherwise: fewer where they are large. A matter of speed and memory, never of bytes. */
export function blockFramesOf({ canvas }: SceneGeometry): number {
  return Math.min(Math.max(Math.floor(MOST_BLOCK_PIXELS / area(canvas)), 1), MOST_FRAMES);
}

export const area = (shape: Shape): number => shape.height * shape.width;

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.height === b.height && a.width === b.width;

/** A window of planes that lie one after another, row-major, each of the whole shape. */
export function cutPlanes(values: Float64Array, whole: Shape, window: Window): Float64Array {
  const { top, left, height, width } = window;
  const count = values.length / area(whole);
  const kept = new Float64Array(count * height * width);
  for (let plane = 0; plane < count; plane++) {
    for (let y = 0; y < height; y++) {
      const from = (plane * whole.height + top + y) * whole.width + left;
      kept.set(values.subarray(from, from + width), (plane * height + y) * width);
    }
  }
  return kept;
}

/** Values of the FOV's pixels out of those of the canvas, row-major; values of the FOV as they are. */
export function onFov(
  values: Float64Array,
  { canvas, fov, margin_px }: SceneGeometry,
): Float64Array {
  if (values.length === area(fov)) return values;
  return cutPlanes(values, canvas, { top: margin_px, left: margin_px, ...fov });
}
