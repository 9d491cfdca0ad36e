// Which series of images of an NWB file is the movie, with its rate and the size of its pixels.
import type { H5Source } from "../h5/index.ts";
import { findTyped } from "../nwb/find.ts";
import { type FoundDataset, isMovie, namedAt, open, positive } from "./hdf5-dataset.ts";
import { rateOf } from "./rate.ts";

/** In order of preference. */
const TYPES = ["OnePhotonSeries", "TwoPhotonSeries", "ImageSeries"];
const MICRONS: Readonly<Record<string, number>> = {
  meters: 1e6,
  meter: 1e6,
  m: 1e6,
  millimeters: 1e3,
  mm: 1e3,
  micrometers: 1,
  micrometer: 1,
  microns: 1,
  micron: 1,
  um: 1,
  µm: 1,
};

/** @throws InteropError "malformed" where there is none, "unsupported" that lists those among which the choice is open. */
export function findSeries(source: H5Source, wanted?: string): FoundDataset {
  const at = wanted === undefined ? preferred(source) : namedAt(source, dataOf(source, wanted));
  const series = at.slice(0, at.lastIndexOf("/"));
  return {
    at,
    // The standard's order of ImageSeries' data.
    axes: source.shapeAt(at).length === 4 ? "TXYZ" : "TXY",
    fps: rateIn(source, series),
    pixel_size_um: pixelSizeIn(source, series),
  };
}

/** A series may be named without its dataset. */
const dataOf = (source: H5Source, wanted: string): string =>
  source.kind(`/${wanted.replace(/^\/+|\/+$/g, "")}`) === "group" ? `${wanted}/data` : wanted;

function preferred(source: H5Source): string {
  for (const root of ["/acquisition", "/processing"]) {
    for (const type of TYPES) {
      const found = findTyped(source, root, [type], { elsewhere: "skip" })
        .map(({ path }) => `${path}/data`)
        .filter((at) => !source.isElsewhere(at) && source.kind(at) === "dataset")
        // The frames of an ImageSeries can lie in other files.
        .filter((at) => isMovie(source.shapeAt(at)) && source.lengthOf(at) > 0);
      if (found.length === 1) return found[0]!;
      if (found.length > 1) throw open(source, found);
    }
  }
  throw source.malformed("/acquisition", "holds no series of images with its frames in this file");
}

function rateIn(source: H5Source, series: string): number | undefined {
  const rate = positive(source.attribute(`${series}/starting_time`, "rate"));
  if (rate !== undefined) return rate;
  const times = `${series}/timestamps`;
  return source.kind(times) === "dataset"
    ? rateOf(source.numbers(times, { dims: 1 }).data)
    : undefined;
}

function pixelSizeIn(source: H5Source, series: string): number | undefined {
  const at = `${series}/imaging_plane/grid_spacing`;
  if (source.isElsewhere(at) || source.kind(at) !== "dataset") return undefined;
  const micron = MICRONS[String(source.attribute(at, "unit") ?? "meters")] ?? Number.NaN;
  return positive(source.numbers(at).data[0]! * micron);
}
