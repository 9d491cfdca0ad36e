// Images that stay, and frames that are weighted sums of them: the frames of weights, and their transpose, the inner products of all
// images with frames. Several frames at a time, by the compiled code of assembly/.
import type { Canvas } from "@minisim/footprint";
import { projectModule } from "../generated/project.generated.ts";
import type { Rectangle } from "./moved.ts";

/** Over `count` descriptions of an image's rows, and a band of frames of `stride` pixels a row. */
type Pass = (rows: number, count: number, stride: number) => void;
type ProjectModule = {
  readonly memory: WebAssembly.Memory;
  readonly project: Pass;
  readonly spread: Pass;
};

/** So many frames are multiplied at once. */
export const FRAMES_AT_ONCE = 8;
/** Rows of eight frames that stay in the second-level cache while all images pass over them. */
const BAND_BYTES = 2 ** 18;
const NUMBER_BYTES = 8;
const PIXEL_BYTES = FRAMES_AT_ONCE * NUMBER_BYTES;
/** Of a description: see assembly/. */
const ROWS_BYTES = 5 * 4;
const PAGE_BYTES = 65_536;

export interface Projector {
  /** Aᵀ y of at most `FRAMES_AT_ONCE` frames: the inner products of all images with each, into the target of the same place. */
  project(frames: readonly ArrayLike<number>[], targets: readonly Float64Array[]): void;
  /** A x of as many: the weighted sums of all images. */
  spread(weights: readonly Float64Array[], frames: readonly Float64Array[]): void;
}

/** Of images that lie within frames of this size; they are copied, into a memory of their own. */
export function createProjector(
  { height, width }: Canvas,
  images: readonly Rectangle[],
): Projector {
  const wasm = instantiate();
  const bandRows = Math.max(1, Math.floor(BAND_BYTES / (width * PIXEL_BYTES)));
  // A band of the frames, pixel by pixel; a number for each image and frame; the images; what of them lies in each band.
  const numbersAt = bandRows * width * PIXEL_BYTES;
  const imagesAt = numbersAt + images.length * PIXEL_BYTES;
  const sizes = images.map(({ data }) => data.length * NUMBER_BYTES);
  const rowsAt = sizes.reduce((sum, size) => sum + size, imagesAt);
  const bands = rowsInBands(images, height, bandRows);
  reserve(wasm.memory, rowsAt + bands.reduce((sum, { length }) => sum + length, 0) * ROWS_BYTES);
  const { buffer } = wasm.memory;
  const band = new Float64Array(buffer, 0, bandRows * width * FRAMES_AT_ONCE);
  const numbers = new Float64Array(buffer, numbersAt, images.length * FRAMES_AT_ONCE);
  const places: number[] = [];
  let end = imagesAt;
  for (const [i, { data }] of images.entries()) {
    new Float64Array(buffer, end, data.length).set(data);
    places.push(end);
    end += sizes[i]!;
  }
  const described = bands.map((all, k) => {
    const at = end;
    for (const { i, first, rows } of all) {
      const image = images[i]!;
      new Uint32Array(buffer, end, ROWS_BYTES / 4).set([
        places[i]! + (first - image.row) * image.width * NUMBER_BYTES,
        rows,
        image.width,
        ((first - k * bandRows) * width + image.col) * PIXEL_BYTES,
        numbersAt + i * PIXEL_BYTES,
      ]);
      end += ROWS_BYTES;
    }
    return { at, count: all.length };
  });
  const pixelsOf = (k: number): [number, number] => [
    k * bandRows * width,
    Math.min((k + 1) * bandRows, height) * width,
  ];
  /** All images over a band. */
  const over = (pass: Pass, k: number) => pass(described[k]!.at, described[k]!.count, width);

  return {
    project(frames, targets) {
      numbers.fill(0);
      for (const k of bands.keys()) {
        interleave(frames, ...pixelsOf(k), band);
        over(wasm.project, k);
      }
      for (const [f, target] of targets.entries()) {
        for (let i = 0; i < images.length; i++) target[i] = numbers[i * FRAMES_AT_ONCE + f]!;
      }
    },

    spread(weights, frames) {
      for (const [f, weight] of weights.entries()) {
        for (let i = 0; i < images.length; i++) numbers[i * FRAMES_AT_ONCE + f] = weight[i]!;
      }
      for (const k of bands.keys()) {
        band.fill(0);
        over(wasm.spread, k);
        const [start, stop] = pixelsOf(k);
        for (const [f, frame] of frames.entries()) {
          for (let pixel = start, at = f; pixel < stop; pixel++, at += FRAMES_AT_ONCE) {
            frame[pixel] = band[at]!;
          }
        }
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

/** Pixels of up to eight frames beside each other; of fewer, the last one stands in for those that are not there. */
function interleave(
  frames: readonly ArrayLike<number>[],
  start: number,
  end: number,
  band: Float64Array,
): void {
  const last = frames.at(-1)!;
  const [a, b = last, c = last, d = last, e = last, f = last, g = last, h = last] = frames;
  let at = 0;
  for (let pixel = start; pixel < end; pixel++) {
    band[at] = a![pixel]!;
    band[at + 1] = b[pixel]!;
    band[at + 2] = c[pixel]!;
    band[at + 3] = d[pixel]!;
    band[at + 4] = e[pixel]!;
    band[at + 5] = f[pixel]!;
    band[at + 6] = g[pixel]!;
    band[at + 7] = h[pixel]!;
    at += FRAMES_AT_ONCE;
  }
}

function reserve(memory: WebAssembly.Memory, bytes: number): void {
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE_BYTES);
  if (missing > 0) memory.grow(missing);
}

function instantiate(): ProjectModule {
  // atob exists in browsers, in their workers and in Node.
  const bytes = Uint8Array.from(atob(projectModule), (character) => character.charCodeAt(0));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {});
  return exports as ProjectModule;
}
