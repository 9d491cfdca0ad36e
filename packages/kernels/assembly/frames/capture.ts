// Compose and expose in one pass, for a block that begins dark: as soon as the rows of light are there that a strip of the
// sensor reaches, the strip is exposed. Only those rows are held, in a ring that stays in cache, and no frame of light is.
import { sumCoarse } from "./coarse";
import { bandRows, composeBand } from "./compose";
import { exposeStrip, STRIP } from "./expose";
import { Exposure } from "./exposure";
import { firstRow } from "./translate";

/**
 * Rows that the ring holds, a multiple of those of a band. When a band is added, the next strip still waits for one of its
 * rows: it begins at most STRIP pixels before, and its frames reach `spread` rows apart.
 */
export function ringRows(height: i32, width: i32, outWidth: i32, spread: i32): i32 {
  const band = bandRows(height, width);
  const reach = 2 + spread + (STRIP - 1) / max(1, outWidth);
  const bands = min(1 + (reach + band - 1) / band, (height + band - 1) / band);
  return band * max(1, bands);
}

/** The operands of `compose` and `expose`; `ring` has room for `held` rows of every frame. */
export function capture(
  ring: usize,
  held: i32,
  nFrames: i32,
  height: i32,
  width: i32,
  operations: usize,
  nOperations: i32,
  scratch: usize,
  exposure: usize,
): void {
  sumCoarse(operations, nOperations, nFrames);
  const rows = bandRows(height, width);
  const rowBytes = (<usize>width) << 2;
  const frameBytes = <usize>held * rowBytes;
  const nPixels = Exposure.pixels(exposure);
  let furthest: i64 = i64.MIN_VALUE;
  for (let f = 0; f < nFrames; f++) {
    const dy = load<f64>(Exposure.shift(exposure, f));
    furthest = max(furthest, <i64>firstRow(Exposure.top(exposure), dy));
  }
  let pixel = 0;
  let end = 0;
  do {
    const from = end;
    end = min(from + rows, height);
    const light = ring + <usize>(from % held) * rowBytes;
    composeBand(
      light,
      frameBytes,
      nFrames,
      from,
      end,
      width,
      operations,
      nOperations,
      true,
      scratch,
    );
    while (pixel < nPixels) {
      const last = (min(pixel + STRIP, nPixels) - 1) / Exposure.width(exposure);
      if (end < height && furthest + last + 1 >= end) break;
      exposeStrip(pixel, ring, held, nFrames, height, width, exposure);
      pixel += STRIP;
    }
  } while (end < height);
}
