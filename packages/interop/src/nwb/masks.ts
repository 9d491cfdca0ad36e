// Footprints out of a PlaneSegmentation, with the axes as its writer meant them.
//
// The standard says (x, y). Two writers say otherwise, and are known by the table's description:
// * suite2p ("suite2p output") puts rows into x and columns into y, and images and dimensions likewise;
// * CaImAn ("CNMF_ROIs") numbers pixels down the columns, and cuts that list into rows of an image height × width.
import type { Footprints } from "@minisim/metrics";
import {
  canvasOf,
  checkStarts,
  footprintsOf,
  footprintsOfPixels,
  type H5Source,
  patchOfImage,
} from "../h5/index.ts";
import { findTyped } from "./find.ts";
import type { ReadSettings } from "./settings.ts";

type Layout = "x_first" | "y_first" | "caiman";
interface Canvas {
  readonly height: number;
  readonly width: number;
}

export function readMasks(source: H5Source, table: string, settings: ReadSettings): Footprints {
  const layout = layoutOf(source, table, settings);
  for (const name of ["pixel_mask", "voxel_mask"]) {
    if (source.kind(`${table}/${name}`) !== "dataset") continue;
    return readPixels(source, table, name, layout, settings);
  }
  if (source.kind(`${table}/image_mask`) === "dataset") return readImages(source, table, layout);
  throw source.malformed(table, "has neither pixel_mask nor image_mask");
}

function layoutOf(source: H5Source, table: string, { first_axis }: ReadSettings): Layout {
  if (first_axis !== "auto") return first_axis === "x" ? "x_first" : "y_first";
  const description = source.attribute(table, "description");
  if (description === "suite2p output") return "y_first";
  return description === "CNMF_ROIs" ? "caiman" : "x_first";
}

/** Lengths of the first and the second axis as height and width. */
function oriented(
  source: H5Source,
  at: string,
  [first, second]: readonly number[],
  layout: Layout,
): Canvas {
  return canvasOf(source, at, layout === "x_first" ? [second!, first!] : [first!, second!]);
}

function readImages(source: H5Source, table: string, layout: Layout): Footprints {
  const at = `${table}/image_mask`;
  const [count, first, second] = source.shapeOf(at, { dims: 3, layout: "roi, x, y" });
  const canvas = oriented(source, at, [first!, second!], layout);
  const { height, width } = canvas;
  const image = new Float64Array(height * width);
  const patches = Array.from({ length: count! }, (_, roi) => {
    const mask = source.rows(at, roi, roi + 1);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        image[y * width + x] = mask[layout === "y_first" ? y * width + x : x * height + y]!;
      }
    }
    return patchOfImage(image, canvas);
  });
  return footprintsOf(canvas, patches);
}

function readPixels(
  source: H5Source,
  table: string,
  name: string,
  layout: Layout,
  settings: ReadSettings,
): Footprints {
  const at = `${table}/${name}`;
  const names = name === "voxel_mask" ? ["x", "y", "weight", "z"] : ["x", "y", "weight"];
  const [first, second, weights, planes] = source.columns(at, names) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array | undefined,
  ];
  if (planes?.some((plane) => plane !== planes[0])) {
    throw source.unsupported(at, "spans several planes; only one is read");
  }
  const canvas = canvasFor(source, table, layout, settings);
  const { height, width } = canvas;
  const [xs, ys] = layout === "x_first" ? [first, second] : [second, first];
  for (let k = 0; k < weights.length; k++) {
    const [x, y] = [xs[k]!, ys[k]!];
    if (!(x < width && y < height)) {
      const size = `a field of view ${height} high and ${width} wide`;
      throw source.malformed(
        at,
        `has a pixel at x = ${x}, y = ${y}, outside ${size}; perhaps its axes are exchanged (setting first_axis)`,
      );
    }
  }
  const ends = source.numbers(`${at}_index`, { dims: 1 }).data;
  const starts = Float64Array.from([0, ...ends]);
  checkStarts(source, `${at}_index`, starts, weights.length);
  return footprintsOfPixels(
    { starts, ys: Int32Array.from(ys), xs: Int32Array.from(xs), weights },
    canvas,
  );
}

/** Lists of pixels do not tell the field of view: the movie does, or an image beside them, or the caller. */
function canvasFor(
  source: H5Source,
  table: string,
  layout: Layout,
  { height, width }: ReadSettings,
): Canvas {
  if (height !== undefined && width !== undefined) return { height, width };
  const mask = `${table}/image_mask`;
  if (source.kind(mask) === "dataset") {
    return oriented(source, mask, source.shapeOf(mask, { dims: 3 }).slice(1), layout);
  }
  for (const root of [`${table}/reference_images`, "/acquisition"]) {
    for (const { path } of findTyped(source, root, SERIES)) {
      const sizes = sizesOf(source, path);
      if (sizes) return oriented(source, path, sizes, layout);
    }
  }
  for (const { path } of findTyped(source, "/processing", ["Images"])) {
    for (const name of source.keys(path)) {
      const image = `${path}/${name}`;
      if (source.attribute(image, "neurodata_type") !== "GrayscaleImage") continue;
      return oriented(source, image, source.shapeOf(image, { dims: 2 }), layout);
    }
  }
  throw source.unsupported(
    table,
    "lists pixels without telling the size of the field of view; give the settings height and width",
  );
}

const SERIES = ["OnePhotonSeries", "TwoPhotonSeries", "ImageSeries"];

function sizesOf(source: H5Source, series: string): readonly number[] | null {
  const data = `${series}/data`;
  if (source.kind(data) === "dataset") {
    const shape = source.shapeOf(data);
    if (shape.length === 3 && shape[1]! > 0 && shape[2]! > 0) return shape.slice(1);
  }
  const dimension = `${series}/dimension`;
  if (source.kind(dimension) !== "dataset") return null;
  const sizes = Array.from(source.numbers(dimension, { dims: 1 }).data);
  return sizes.length === 2 ? sizes : null;
}
