// Footprints out of a PlaneSegmentation, with the axes as its writer meant them.
import type { Footprints } from "@minisim/scoring";
import { layoutOf } from "../footprint-axes.ts";
import { canvasOf, checkStarts, type H5Source } from "../h5/index.ts";
import { patchOfImage, stackOf } from "../image-footprints.ts";
import { patchesOf } from "../pixel-order.ts";
import type { Field, Reading } from "../reading.ts";
import { fieldOf } from "./field.ts";
import { type Order, type PixelAxes, writerOf } from "./orders.ts";
import type { ReadSettings } from "./settings.ts";

export function readMasks(
  source: H5Source,
  table: string,
  settings: ReadSettings,
  reading: Reading,
): Footprints {
  if (isEmpty(source, table)) {
    reading.note(`${table} has no rows: nothing was found.`);
    return stackOf(fieldOf(source, table, settings, reading), []);
  }
  for (const name of ["pixel_mask", "voxel_mask"]) {
    if (source.kind(`${table}/${name}`) !== "dataset") continue;
    return readPixels(source, table, name, settings, reading);
  }
  if (source.kind(`${table}/image_mask`) === "dataset") {
    return readImages(source, table, settings, reading);
  }
  throw source.malformed(table, "has neither pixel_mask nor image_mask");
}

/** A table without rows. */
const isEmpty = (source: H5Source, table: string): boolean =>
  source.kind(`${table}/id`) === "dataset" && source.lengthOf(`${table}/id`) === 0;

function readImages(
  source: H5Source,
  table: string,
  settings: ReadSettings,
  reading: Reading,
): Footprints {
  const at = `${table}/image_mask`;
  const [count, first, second] = source.shapeOf(at, { dims: 3, layout: "roi, x, y" }) as [
    number,
    number,
    number,
  ];
  const writer = writerOf(source, table, settings);
  const standsUp = (order: Order) =>
    order === "x_first" ? { height: second, width: first } : { height: first, width: second };
  let order: Order = writer.images;
  // CaImAn's list of pixels, cut into rows, has the size of the image as it stands.
  const other: Order = order === "x_first" ? "y_first" : "x_first";
  if (writer.isFree && order !== "caiman" && reading.fitsExchanged(standsUp(order))) {
    order = other;
    reading.note(
      `image_mask is ${first} × ${second} on a field of view of ${first} × ${second}: rows come first, not x as the standard has it.`,
    );
  }
  const field = canvasOf(source, at, Object.values(standsUp(order)));
  const problem = reading.imageProblem(field) ?? reading.unitProblem(count);
  if (problem) throw source.malformed(at, problem);
  const { height, width } = field;
  const layout =
    order === "y_first"
      ? layoutOf([1, height, width], "unit_height_width")
      : layoutOf([1, width, height], "unit_width_height");
  const patches = Array.from({ length: count }, (_, roi) =>
    patchOfImage(source.rows(at, roi, roi + 1), layout, 0),
  );
  return stackOf(field, patches);
}

const COLUMNS = ["x", "y", "weight"];

interface Pixels {
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly weights: Float64Array;
}

function readPixels(
  source: H5Source,
  table: string,
  name: string,
  settings: ReadSettings,
  reading: Reading,
): Footprints {
  const at = `${table}/${name}`;
  const index = `${at}_index`;
  source.demandTable(at, COLUMNS);
  const field = fieldOf(source, table, settings, reading);
  const problem = reading.imageProblem(field);
  if (problem) throw source.malformed(at, problem);
  const [rois] = source.shapeOf(index, { dims: 1 }) as [number];
  const tooMany = reading.unitProblem(rois);
  if (tooMany) throw source.malformed(index, tooMany);
  const rows = source.lengthOf(at);
  if (rows > rois * field.height * field.width) {
    throw source.malformed(at, `has ${rows} pixels, more than ${rois} ROIs can have`);
  }
  const pixels = pixelsOf(source, at, name === "voxel_mask");
  const { order, base } = orderOf(source, at, table, pixels, field, settings, reading);
  const { first, second, weights } = pixels;
  const [xs, ys] = order === "x_first" ? [first, second] : [second, first];
  const starts = Float64Array.from([0, ...source.numbers(index).data]);
  checkStarts(source, index, starts, weights.length);
  const numbers = ys.map((y, k) => (y - base) * field.width + xs[k]! - base);
  return stackOf(field, patchesOf({ starts, pixels: numbers, weights }, field, "C"));
}

function pixelsOf(source: H5Source, at: string, areVoxels: boolean): Pixels {
  const names = areVoxels ? [...COLUMNS, "z"] : COLUMNS;
  const [first, second, weights, planes] = source.columns(at, names);
  if (planes?.some((plane) => plane !== planes[0])) {
    throw source.unsupported(at, "spans several planes; only one is read");
  }
  return { first: first!, second: second!, weights: weights! };
}

/** As the writer has it; the other way round, or counted from 1, where pixels lie on the field of view only so. */
function orderOf(
  source: H5Source,
  at: string,
  table: string,
  pixels: Pixels,
  field: Field,
  settings: ReadSettings,
  reading: Reading,
): { readonly order: PixelAxes; readonly base: 0 | 1 } {
  const { pixels: order, name, isFree } = writerOf(source, table, settings);
  const outside = firstOutside(pixels, field, order, 0);
  if (outside === null) {
    if (name) reading.note(`${name} wrote the masks: rows are in column x, columns in y.`);
    return { order, base: 0 };
  }
  const other: PixelAxes = order === "x_first" ? "y_first" : "x_first";
  if (isFree && firstOutside(pixels, field, other, 0) === null) {
    const [x, y] = other === "y_first" ? ["rows", "columns"] : ["columns", "rows"];
    reading.note(`Only with ${x} in column x and ${y} in y do the masks lie on the field of view.`);
    return { order: other, base: 0 };
  }
  for (const axes of isFree ? [order, other] : [order]) {
    if (firstOutside(pixels, field, axes, 1) !== null) continue;
    reading.note(
      "Pixels of the masks are counted from 1: only so do they lie on the field of view.",
    );
    return { order: axes, base: 1 };
  }
  const [a, b] = [pixels.first[outside]!, pixels.second[outside]!];
  const [x, y] = order === "x_first" ? [a, b] : [b, a];
  throw source.malformed(
    at,
    `has a pixel at x = ${x}, y = ${y}, outside a field of view ${field.height} high and ${field.width} wide; perhaps its axes are exchanged (setting first_axis)`,
  );
}

function firstOutside(
  { first, second }: Pixels,
  { height, width }: Field,
  order: PixelAxes,
  base: 0 | 1,
): number | null {
  const [mostFirst, mostSecond] = order === "x_first" ? [width, height] : [height, width];
  const isOn = (place: number, size: number) =>
    Number.isInteger(place) && place >= base && place < size + base;
  for (let k = 0; k < first.length; k++) {
    if (!(isOn(first[k]!, mostFirst) && isOn(second[k]!, mostSecond))) return k;
  }
  return null;
}
