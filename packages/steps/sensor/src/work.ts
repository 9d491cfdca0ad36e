// What the sensor takes beside the noise of every pixel: three maps of the pixels, where they differ.
import { area, type Work, type WorkContext } from "@minisim/pipeline";

// Nanoseconds of a pixel, an estimate: two normals and a uniform number.
const PIXEL_NS = 60;
// Three maps in the plan, and their copy for the workers.
const MAP_BYTES = 36;

export function sensorWork({ geometry, acquisition }: WorkContext<unknown>): Work {
  const { prnu, dsnu_e, row_pattern_e, column_pattern_e, row_noise_e, hot_pixel_fraction } =
    acquisition.image_sensor;
  const spreads = [prnu, dsnu_e, row_pattern_e, column_pattern_e, row_noise_e, hot_pixel_fraction];
  if (spreads.every((spread) => spread === 0)) return {};
  const pixels = area(geometry.fov);
  return { held_bytes: MAP_BYTES * pixels, operations: PIXEL_NS * pixels };
}
