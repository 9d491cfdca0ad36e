// HDF5 files made in tests, and what estimates are compared by.
import type { Estimate } from "@minisim/scoring";
import { type Dataset, File } from "h5wasm/node";

type Contents = ArrayBufferView | string;

/** Writes datasets by path; groups are made on the way. `[data, shape]`, or a text. */
export function makeFile(
  path: string,
  datasets: Readonly<Record<string, readonly [Contents, readonly number[]] | string>>,
  attributes: Readonly<Record<string, Readonly<Record<string, string | ArrayBufferView>>>> = {},
): string {
  const file = new File(path, "w");
  const group = (at: string) => {
    if (at !== "" && file.get(at) === null) {
      group(at.slice(0, Math.max(0, at.lastIndexOf("/"))));
      file.create_group(at);
    }
  };
  for (const [at, value] of Object.entries(datasets)) {
    group(at.slice(0, Math.max(0, at.lastIndexOf("/"))));
    const [data, shape] = typeof value === "string" ? [value, []] : value;
    file.create_dataset({ name: at, data: data as Float64Array, shape: [...shape] });
  }
  for (const [at, values] of Object.entries(attributes)) {
    for (const [name, value] of Object.entries(values)) {
      const object = file.get(at === "" ? "/" : at) as Dataset;
      object.create_attribute(name, value as string, []);
    }
  }
  file.close();
  return path;
}

/** Footprint i as an image, row-major. */
export function image({ footprints }: Estimate, index: number): number[] {
  const { row, col, height, width, data } = footprints.at(index);
  const pixels = new Array<number>(footprints.canvas.height * footprints.canvas.width).fill(0);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      pixels[(row + y) * footprints.canvas.width + col + x] = data[y * width + x]!;
    }
  }
  return pixels;
}

export const images = (estimate: Estimate): number[][] =>
  Array.from({ length: estimate.footprints.length }, (_, i) => image(estimate, i));

/** The images of a dense stack, unit × height × width. */
export function imagesOf({
  shape,
  data,
}: {
  shape: readonly number[];
  data: ArrayLike<number>;
}): number[][] {
  const size = shape[1]! * shape[2]!;
  return Array.from({ length: shape[0]! }, (_, i) =>
    Array.from({ length: size }, (_, pixel) => data[i * size + pixel]!),
  );
}
