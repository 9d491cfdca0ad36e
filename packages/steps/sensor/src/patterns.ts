// Where the pixels of a chip differ: drawn once, fixed to the sensor. A pixel's draws belong to its place from the centre of the chip.
import { normalField } from "@minisim/kernels";
import type { SensorPatterns } from "@minisim/pipeline";
import type { Random } from "@minisim/random";
import type { Geometry, ImageSensor } from "@minisim/spec";

/** Whether its pixels differ, or its rows have offsets of their own. */
export function isPatterned({
  prnu,
  dsnu_e,
  row_pattern_e,
  column_pattern_e,
  row_noise_e,
  hot_pixel_fraction,
}: ImageSensor): boolean {
  const spreads = [prnu, dsnu_e, row_pattern_e, column_pattern_e, row_noise_e, hot_pixel_fraction];
  return spreads.some((spread) => spread !== 0);
}

/** Null where all pixels are alike: then the counts are those of a plain chip. */
export function sensorPatterns(
  chip: ImageSensor,
  { fov: { height, width }, exposure_s }: Geometry,
  random: Random,
): SensorPatterns | null {
  if (!isPatterned(chip)) return null;
  const { prnu, dsnu_e, row_pattern_e, column_pattern_e } = chip;
  const draw = (name: string, rows: number, cols: number) => {
    const window = { rows, cols, rowStart: -Math.floor(rows / 2), colStart: -Math.floor(cols / 2) };
    return normalField(window, random.key(name));
  };
  const sensitivity = draw("sensitivity", height, width);
  for (let i = 0; i < sensitivity.length; i++) {
    sensitivity[i] = Math.max(0, 1 + prnu * sensitivity[i]!);
  }
  const offset_e = draw("offset", height, width);
  const rows = draw("row_pattern", height, 1);
  const columns = draw("column_pattern", 1, width);
  for (let i = 0; i < offset_e.length; i++) {
    const row = Math.floor(i / width);
    offset_e[i] =
      dsnu_e * offset_e[i]! +
      row_pattern_e * rows[row]! +
      column_pattern_e * columns[i - row * width]!;
  }
  const dark_e = darkElectrons(chip, height * width, exposure_s, random);
  return { sensitivity, dark_e, offset_e };
}

/** Mean dark electrons of each pixel in one frame; the currents of hot pixels are exponential. */
function darkElectrons(
  { dark_current_e_s, hot_pixel_fraction, hot_pixel_current_e_s }: ImageSensor,
  pixels: number,
  exposure_s: number,
  random: Random,
): Float64Array {
  const dark_e = new Float64Array(pixels).fill(dark_current_e_s * exposure_s);
  if (hot_pixel_fraction === 0) return dark_e;
  const { uniform, exponential } = random.stream("hot_pixels");
  for (let pixel = 0; pixel < pixels; pixel++) {
    if (uniform() >= hot_pixel_fraction) continue;
    dark_e[pixel] = (dark_current_e_s + hot_pixel_current_e_s * exponential()) * exposure_s;
  }
  return dark_e;
}
