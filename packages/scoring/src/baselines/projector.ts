// Images that stay, and frames that are weighted sums of them: the frames of weights, and their transpose, the inner products of all
// images with frames. Several frames at a time, by the compiled code of assembly/.
import type { Canvas } from "@minisim/footprint";
import { area } from "@minisim/pipeline";
import type { Rectangle } from "./moved.ts";
import { NUMBER_BYTES, type Space } from "./space.ts";

/** So many frames are multiplied at once. */
export const FRAMES_AT_ONCE = 8;
/** Rows of eight frames that stay in the second-level cache while all images pass over them. */
const BAND_BYTES = 2 ** 18;
const PIXEL_BYTES = FRAMES_AT_ONCE * NUMBER_BYTES;
const WORD_BYTES = 4;
/** Of a description: see assembly/. */
const ROWS_WORDS = 5;

/** Eight frames in a space, of float64. Where fewer are asked for, the others hold anything. */
export interface Frames {
  readonly addresses: readonly number[];
  /** Where the addresses stand for the compiled code. */
  readonly table: number;
  /** A view for the moment. */
  at(k: number): Float64Array;
}

export function takeFrames(space: Space, size: Canvas): Frames {
  const pixels = area(size);
  const addresses = Array.from({ length: FRAMES_AT_ONCE }, () => space.take(pixels * NUMBER_BYTES));
  const table = space.take(FRAMES_AT_ONCE * WORD_BYTES);
  space.words(table, FRAMES_AT_ONCE).set(addresses);
  return { addresses, table, at: (k) => space.numbers(addresses[k]!, pixels) };
}

export interface Projector {
  /**
   * Aᵀ y: the inner products of all images with each frame, as many as there are targets, each into the target of the same place. Where `wanted` has 0 for an
   * image, its products are 0.
   */
  project(targets: readonly Float64Array[], wanted?: Uint8Array): void;
  /** A x of as many as there are weights: the weighted sums of all images become the frames. */
  spread(weights: readonly Float64Array[]): void;
}

/** Of images that lie within frames of this size; they are copied into the space. */
export function createProjector(
  space: Space,
  size: Canvas,
  images: readonly Rectangle[],
  frames: Frames,
): Projector {
  const { code } = space;
  const { height, width } = size;
  const count = images.length;
  const bandRows = Math.max(1, Math.floor(BAND_BYTES / (width * PIXEL_BYTES)));
  // A band of the frames, pixel by pixel; a number for each image and frame; which are wanted; the images; what of them lies in each band.
  const band = space.take(bandRows * width * PIXEL_BYTES);
  const numbersAt = space.take(count * PIXEL_BYTES);
  const wantedAt = space.take(count);
  const places = images.map(({ data }) => {
    const at = space.take(data.length * NUMBER_BYTES);
    space.numbers(at, data.length).set(data);
    return at;
  });
  const bands = rowsInBands(images, height, bandRows).map((all, k) => {
    const at = space.take(all.length * ROWS_WORDS * WORD_BYTES);
    const words = space.words(at, all.length * ROWS_WORDS);
    for (const [n, { i, first, rows }] of all.entries()) {
      const image = images[i]!;
      words.set(
        [
          places[i]! + (first - image.row) * image.width * NUMBER_BYTES,
          rows,
          image.width,
          band + ((first - k * bandRows) * width + image.col) * PIXEL_BYTES,
          numbersAt + i * PIXEL_BYTES,
        ],
        n * ROWS_WORDS,
      );
    }
    const start = k * bandRows * width;
    return { at, count: all.length, start, end: Math.min(start + bandRows * width, area(size)) };
  });
  const numbersOf = () => space.numbers(numbersAt, count * FRAMES_AT_ONCE);

  return {
    project(targets, wanted) {
      numbersOf().fill(0);
      const flags = space.bytes(wantedAt, count);
      if (wanted) flags.set(wanted);
      else flags.fill(1);
      for (const { at, count, start, end } of bands) {
        code.beside(frames.table, start, end, band);
        code.project(at, count, width, numbersAt, wantedAt);
      }
      const numbers = numbersOf();
      for (const [f, target] of targets.entries()) {
        for (let i = 0; i < count; i++) target[i] = numbers[i * FRAMES_AT_ONCE + f]!;
      }
    },

    spread(weights) {
      const numbers = numbersOf().fill(0);
      for (const [f, weight] of weights.entries()) {
        for (let i = 0; i < count; i++) numbers[i * FRAMES_AT_ONCE + f] = weight[i]!;
      }
      for (const { at, count, start, end } of bands) {
        space.numbers(band, (end - start) * FRAMES_AT_ONCE).fill(0);
        code.spread(at, count, width);
        code.apart(band, start, end, frames.table);
      }
    },
  };
}

/** Rows `first` and so many more of image i. */
interface Rows {
  readonly i: number;
  readonly first: number;
  readonly rows: number;
}

/** What of the images lies in each band of rows, image after image. */
function rowsInBands(images: readonly Rectangle[], height: number, bandRows: number): Rows[][] {
  return Array.from({ length: Math.ceil(height / bandRows) }, (_, k) => {
    const [top, bottom] = [k * bandRows, Math.min((k + 1) * bandRows, height)];
    return images.flatMap(({ row, height }, i) => {
      const first = Math.max(top, row);
      const rows = Math.min(bottom, row + height) - first;
      return rows > 0 ? [{ i, first, rows }] : [];
    });
  });
}
