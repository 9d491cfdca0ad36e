// The size of the field of view, which lists of pixels do not tell: the caller does, or the recording, or an image or a movie in the
// file.
import { canvasOf, type H5Source } from "../h5/index.ts";
import type { Field, Reading } from "../reading.ts";
import { findTyped } from "./find.ts";
import { writerOf } from "./orders.ts";
import type { ReadSettings } from "./settings.ts";

const SERIES = ["OnePhotonSeries", "TwoPhotonSeries", "ImageSeries"];

export function fieldOf(
  source: H5Source,
  table: string,
  settings: ReadSettings,
  reading: Reading,
): Field {
  const { height, width } = settings;
  if (height !== undefined && width !== undefined) return { height, width };
  const said = sizeInFile(source, table);
  if (!said) {
    if (reading.field) return reading.field;
    throw source.unsupported(
      table,
      "lists pixels without telling the size of the field of view; give the settings height and width",
    );
  }
  const [at, [first, second]] = said;
  const isXFirst = writerOf(source, table, settings).images === "x_first";
  const field = canvasOf(source, at, isXFirst ? [second!, first!] : [first!, second!]);
  // An image can be written the other way round, too; the field of view is known.
  return reading.fitsExchanged(field) ? reading.field! : field;
}

/** The sizes of an image in the file, in its order, and where it is. What lies in another file is not asked. */
function sizeInFile(
  source: H5Source,
  table: string,
): readonly [at: string, sizes: readonly number[]] | null {
  const mask = `${table}/image_mask`;
  if (source.kind(mask) === "dataset" && source.isNumeric(mask)) {
    const shape = source.shapeOf(mask);
    // Of no rows, it may have lost its other dimensions.
    if (shape.length === 3) return [mask, shape.slice(1)];
  }
  for (const root of [`${table}/reference_images`, "/acquisition"]) {
    for (const { path } of findTyped(source, root, SERIES, { elsewhere: "skip" })) {
      const sizes = sizesOf(source, path);
      if (sizes) return [path, sizes];
    }
  }
  for (const { path } of findTyped(source, "/processing", ["Images"])) {
    for (const name of source.keys(path)) {
      const image = `${path}/${name}`;
      if (source.attribute(image, "neurodata_type") !== "GrayscaleImage") continue;
      return [image, source.shapeOf(image, { dims: 2 })];
    }
  }
  return null;
}

function sizesOf(source: H5Source, series: string): readonly number[] | null {
  const data = `${series}/data`;
  if (!source.isElsewhere(data) && source.kind(data) === "dataset") {
    const shape = source.shapeOf(data);
    if (shape.length === 3 && shape[1]! > 0 && shape[2]! > 0) return shape.slice(1);
  }
  const dimension = `${series}/dimension`;
  if (source.kind(dimension) !== "dataset") return null;
  const sizes = Array.from(source.numbers(dimension, { dims: 1 }).data);
  return sizes.length === 2 ? sizes : null;
}
