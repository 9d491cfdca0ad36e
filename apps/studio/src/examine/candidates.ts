// Seeds of cells as CNMF-E looks for them: peaks of the peak-to-noise ratio through its filter, with the correlation of the pixel with its neighbours; and
// whether a cell is there. Zhou et al. 2018, eLife 7:e28728.
import { measure } from "@minisim/measures";
import type { GroundTruth, Recorded } from "@minisim/recording";
import type { Candidates } from "./chosen.ts";

/** Pixels around a peak in which there is no higher one. */
const APART = 4;
const MOST = 600;

export async function candidatesIn(
  recorded: Recorded,
  report: (share: number) => void,
): Promise<Candidates> {
  const truth = await recorded.truth();
  const images: { pnr?: Float64Array; correlation?: Float64Array } = {};
  await measure(recorded, {
    onProgress: ({ done, total }) => report((0.9 * done) / total),
    onPictures: ({ pnr, filteredCorrelation }) => {
      if (pnr && filteredCorrelation)
        Object.assign(images, { pnr, correlation: filteredCorrelation });
    },
  });
  const { pnr, correlation } = images;
  if (!pnr || !correlation)
    throw new Error("The window is too large for seeds: take a smaller one.");
  const [height, width] = truth.fov_shape;
  const peaks = peaksOf(pnr, height, width).slice(0, MOST);
  const owner = ownersOf(truth);
  return {
    pnr: Float64Array.from(peaks, (pixel) => pnr[pixel]!),
    correlation: Float64Array.from(peaks, (pixel) => correlation[pixel]!),
    cell: Int32Array.from(peaks, (pixel) => owner[pixel]!),
    detectable: truth.detectable.data.slice(),
  };
}

function peaksOf(image: Float64Array, height: number, width: number): number[] {
  const peaks: number[] = [];
  for (let y = APART; y < height - APART; y++) {
    for (let x = APART; x < width - APART; x++) {
      const value = image[y * width + x]!;
      let isPeak = true;
      for (let v = y - APART; v <= y + APART && isPeak; v++)
        for (let u = x - APART; u <= x + APART; u++)
          if (image[v * width + u]! > value) isPeak = false;
      if (isPeak) peaks.push(y * width + x);
    }
  }
  return peaks.sort((a, b) => image[b]! - image[a]!);
}

/** The cell of each pixel: of several, a detectable one before the others. */
function ownersOf({ fov_offset, fov_shape, observed_footprints, detectable }: GroundTruth) {
  const [top, left] = fov_offset;
  const [height, width] = fov_shape;
  const owner = new Int32Array(height * width).fill(-1);
  for (let unit = 0; unit < observed_footprints.length; unit++) {
    const patch = observed_footprints.at(unit);
    const peak = patch.data.reduce((most, value) => Math.max(most, value), 0);
    for (let i = 0; i < patch.data.length; i++) {
      const y = patch.row - top + Math.floor(i / patch.width);
      const x = patch.col - left + (i % patch.width);
      if (y < 0 || x < 0 || y >= height || x >= width || patch.data[i]! < 0.5 * peak) continue;
      const before = owner[y * width + x]!;
      if (peak > 0 && (before < 0 || !detectable.data[before])) owner[y * width + x] = unit;
    }
  }
  return owner;
}
