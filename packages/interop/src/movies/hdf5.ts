// A movie that is a dataset of an HDF5 file: NWB, MATLAB 7.3, CaImAn, or any other.
import type { FrameRange } from "@minisim/recording";
import { type H5Source, type Layout, type Range, readHdf5 } from "../h5/index.ts";
import { matlabVersion } from "../matlab/version.ts";
import { type FoundDataset, findDataset } from "./hdf5-dataset.ts";
import { findSeries } from "./nwb-series.ts";
import type { ReadMovieOptions } from "./options.ts";
import type { Part, StoredMovie } from "./stored-movie.ts";

/** Values of a part: 64 MB of float64. */
const PART_VALUES = 1 << 23;

export async function openHdf5Movie(
  path: string,
  { dataset }: ReadMovieOptions,
): Promise<StoredMovie> {
  // MATLAB's first dimension is HDF5's last.
  const isTurned = (await matlabVersion(path)) === "7.3";
  const { found, layout } = await readHdf5(path, (source) => {
    const found = datasetOf(source, dataset);
    return { found, layout: source.layoutOf(found.at) };
  });
  const { shape, chunks, type } = layout;
  const axisOf = (axis: number) => (isTurned ? shape.length - 1 - axis : axis);
  return {
    place: `${path}: ${found.at}`,
    shape: isTurned ? shape.toReversed() : shape,
    axes: found.axes ?? (isTurned && shape.length === 3 ? "YXT" : undefined),
    type,
    fps: found.fps,
    pixel_size_um: found.pixel_size_um,
    atOnce: (axis) => chunks?.[axisOf(axis)] ?? (axisOf(axis) === 0 ? 1 : shape[axisOf(axis)]!),
    async *parts(axis, range) {
      for (const box of boxesOf(layout, axisOf(axis), range)) {
        const data = await readHdf5(path, (source) => source.box(found.at, box));
        const part = partOf(box, data);
        yield isTurned ? turned(part) : part;
      }
    },
  };
}

const datasetOf = (source: H5Source, wanted?: string): FoundDataset =>
  source.attribute("/", "nwb_version") === null
    ? findDataset(source, wanted)
    : findSeries(source, wanted);

/** The range in boxes of bounded size: of few frames each, or of few indices of another axis where chunks hold many frames. */
function* boxesOf(
  { shape, chunks }: Layout,
  time: number,
  { start, end }: FrameRange,
): Generator<Range[]> {
  const whole = shape.map((length, axis): Range => (axis === time ? [start, end] : [0, length]));
  const lengthOf = ([from, to]: Range) => to - from;
  const values = whole.reduce((product, range) => product * lengthOf(range), 1);
  const other = time === 0 ? 1 : 0;
  const frameValues = values / (end - start);
  const isByFrame = (chunks?.[time] ?? (time === 0 ? 1 : end - start)) * frameValues <= PART_VALUES;
  const axis = isByFrame ? time : other;
  const [first, last] = whole[axis]!;
  const each = values / (last - first);
  const chunk = chunks?.[axis] ?? 1;
  const step = Math.max(1, Math.floor(PART_VALUES / (each * chunk)) * chunk);
  for (let from = first; from < last; from += step) {
    yield whole.map((range, at) => (at === axis ? [from, Math.min(from + step, last)] : range));
  }
}

function partOf(box: readonly Range[], data: ArrayLike<number>): Part {
  const shape = box.map(([from, to]) => to - from);
  return {
    origin: box.map(([from]) => from),
    shape,
    stride: shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1)),
    data,
  };
}

const turned = ({ origin, shape, stride, data }: Part): Part => ({
  origin: origin.toReversed(),
  shape: shape.toReversed(),
  stride: stride.toReversed(),
  data,
});
