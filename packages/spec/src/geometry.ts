// What follows from an acquisition: pixel size, field of view, number of frames; and where a position falls on a grid.
import type { Acquisition } from "./acquisition.ts";

export interface Shape {
  readonly height: number;
  readonly width: number;
}

export interface Geometry {
  /** Side of a pixel in the tissue. */
  readonly pixel_size_um: number;
  /** Field of view in the tissue, [height, width]. */
  readonly fov_um: readonly [number, number];
  readonly n_frames: number;
  /** How long the shutter is open for a frame. */
  readonly exposure_s: number;
  /** Field of view of the whole sensor in pixels, of which `windowOf` is recorded. */
  readonly fov: Shape;
}

/** Sizes in the tissue are those on the chip divided by the magnification. */
export function geometryOf(acquisition: Acquisition): Geometry {
  const { image_sensor, optics, fps, duration_s } = acquisition;
  const { n_px_height: height, n_px_width: width } = image_sensor;
  const pixel_size_um = image_sensor.pixel_pitch_um / optics.magnification;
  return Object.freeze({
    pixel_size_um,
    fov_um: Object.freeze([height * pixel_size_um, width * pixel_size_um] as const),
    n_frames: roundHalfToEven(duration_s * fps),
    exposure_s: acquisition.exposure_fraction / fps,
    fov: Object.freeze({ height, width }),
  });
}

/** A rectangle of pixels of a larger one, (top, left) its first. */
export interface Window extends Shape {
  readonly top: number;
  readonly left: number;
}

/** The pixels of the sensor that are recorded. */
export function windowOf({ window, image_sensor }: Acquisition): Window {
  const { n_px_height: height, n_px_width: width } = image_sensor;
  return window ?? { top: 0, left: 0, height, width };
}

/** A position relative to the optical axis (+y down, +x right) as fractional [row, column] of a grid centred on the axis. */
export function umToIndex(
  position: { readonly y_um: number; readonly x_um: number },
  shape: Shape,
  pixel_size_um: number,
): readonly [row: number, column: number] {
  return [
    (shape.height - 1) / 2 + position.y_um / pixel_size_um,
    (shape.width - 1) / 2 + position.x_um / pixel_size_um,
  ];
}

function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}
