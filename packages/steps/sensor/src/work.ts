// What the sensor takes beside the noise of every pixel: three maps of the pixels, where they differ.
import { area, type Work, type WorkContext } from "@minisim/pipeline";
import { isPatterned } from "./patterns.ts";

// Nanoseconds of a pixel, an estimate: two normals and a uniform number.
const PIXEL_NS = 60;
// Three maps in the plan, and their copy for the workers.
const MAP_BYTES = 36;

export function sensorWork({ geometry, acquisition }: WorkContext<unknown>): Work {
  if (!isPatterned(acquisition.image_sensor)) return {};
  const pixels = area(geometry.fov);
  return { held_bytes: MAP_BYTES * pixels, operations: PIXEL_NS * pixels };
}
