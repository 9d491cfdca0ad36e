// Footprints out of MATLAB: images height × width × unit, or pixels × unit with the pixels numbered down the columns.
import type { Footprints } from "@minisim/metrics";
import type { InteropError } from "../error.ts";
import {
  canvasOf,
  footprintsOf,
  type H5Source,
  patchOfImage,
  sparseFootprints,
} from "../h5/index.ts";
import { isArray, scalar, sizeOf, sparseOf } from "./variables.ts";

export interface FootprintSettings {
  readonly footprint_axes: "auto" | "height_width_unit" | "unit_height_width";
  readonly height?: number | undefined;
  readonly width?: number | undefined;
}

/** `units` is how many traces there are, where there are any. */
export function readFootprints(
  source: H5Source,
  at: string,
  group: string,
  units: number | null,
  settings: FootprintSettings,
): Footprints {
  const sparse = sparseOf(source, at);
  const size = sparse ? [sparse.rows, sparse.columns] : sizeOf(source, at);
  if (size.length === 3) return readImages(source, at, size, units, settings);
  if (size.length !== 2) {
    throw source.malformed(at, `is ${size.join(" × ")}, neither images nor pixels × units`);
  }
  const canvas = fieldOfView(source, at, group, settings);
  if (sparse) {
    if (sparse.rows !== canvas.height * canvas.width) throw misfit(source, at, size, canvas);
    const paths = { data: `${at}/data`, indices: `${at}/ir`, indptr: `${at}/jc` };
    return sparseFootprints(source, paths, canvas);
  }
  return readPixels(source, at, size, canvas);
}

interface Canvas {
  readonly height: number;
  readonly width: number;
}

/** In the file: unit, then x, then y. */
function readPixels(
  source: H5Source,
  at: string,
  size: readonly number[],
  canvas: Canvas,
): Footprints {
  const { height, width } = canvas;
  const [pixels, count] = size as [number, number];
  if (pixels !== height * width) throw misfit(source, at, size, canvas);
  return stackOf(source, at, count, canvas, (row, y, x) => row[x * height + y]!);
}

function readImages(
  source: H5Source,
  at: string,
  size: readonly number[],
  units: number | null,
  { footprint_axes, height, width }: FootprintSettings,
): Footprints {
  const [first, second, third] = size as [number, number, number];
  const fits = [
    { axes: "height_width_unit", count: third, rows: first, columns: second },
    { axes: "unit_height_width", count: first, rows: second, columns: third },
  ].filter(
    ({ axes, count, rows, columns }) =>
      (footprint_axes === "auto" || footprint_axes === axes) &&
      (units === null || units === count) &&
      (height === undefined || height === rows) &&
      (width === undefined || width === columns),
  );
  const [fit] = fits;
  if (!fit) {
    throw source.malformed(
      at,
      `is ${size.join(" × ")}, which does not go together with ${units ?? "no"} traces`,
    );
  }
  if (fits.length > 1) {
    throw source.malformed(
      at,
      `is ${size.join(" × ")}, which can be height × width × unit or unit × height × width; say which with the setting footprint_axes`,
    );
  }
  const canvas = canvasOf(source, at, [fit.rows, fit.columns]);
  if (fit.axes === "height_width_unit") {
    return stackOf(source, at, third, canvas, (row, y, x) => row[x * fit.rows + y]!);
  }
  // In the file: x, then y, then unit. Whole, since every row holds a column of all images.
  const { data } = source.numbers(at);
  const image = new Float64Array(fit.rows * fit.columns);
  const footprints = Array.from({ length: first }, (_, unit) => {
    for (let y = 0; y < fit.rows; y++) {
      for (let x = 0; x < fit.columns; x++) {
        image[y * fit.columns + x] = data[(x * fit.rows + y) * first + unit]!;
      }
    }
    return patchOfImage(image, canvas);
  });
  return footprintsOf(canvas, footprints);
}

function stackOf(
  source: H5Source,
  at: string,
  count: number,
  canvas: Canvas,
  pixel: (row: ArrayLike<number>, y: number, x: number) => number,
): Footprints {
  const { height, width } = canvas;
  const image = new Float64Array(height * width);
  const footprints = Array.from({ length: count }, (_, unit) => {
    const row = source.rows(at, unit, unit + 1);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) image[y * width + x] = pixel(row, y, x);
    }
    return patchOfImage(image, canvas);
  });
  return footprintsOf(canvas, footprints);
}

/** Pixels × units do not tell the shape of the image: MIN1PIPE's pixh and pixw do, CNMF-E's options and images, or the caller. */
function fieldOfView(
  source: H5Source,
  at: string,
  group: string,
  { height, width }: FootprintSettings,
): Canvas {
  if (height !== undefined && width !== undefined) return { height, width };
  for (const [rows, columns] of [
    ["pixh", "pixw"],
    ["options/d1", "options/d2"],
    ["d1", "d2"],
  ]) {
    const d1 = scalar(source, `${group}/${rows}`);
    const d2 = scalar(source, `${group}/${columns}`);
    if (d1 !== null && d2 !== null) return canvasOf(source, `${group}/${rows}`, [d1, d2]);
  }
  for (const name of ["Cn", "PNR", "imax"]) {
    const image = `${group}/${name}`;
    if (!isArray(source, image)) continue;
    const size = sizeOf(source, image);
    if (size.length === 2) return canvasOf(source, image, size);
  }
  throw source.unsupported(
    at,
    "is pixels × units without the size of the image; give the settings height and width",
  );
}

function misfit(
  source: H5Source,
  at: string,
  size: readonly number[],
  { height, width }: Canvas,
): InteropError {
  return source.malformed(
    at,
    `is ${size.join(" × ")}, where ${height * width} pixels (${height} × ${width}) × units are needed`,
  );
}
