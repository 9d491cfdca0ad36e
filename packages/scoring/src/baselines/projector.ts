// Inner products of all images of a model with frames, several frames at a time, by the compiled code of assembly/.
import { projectModule } from "../generated/project.generated.ts";
import type { Rectangle } from "./moved.ts";

type ProjectModule = {
  readonly memory: WebAssembly.Memory;
  project(
    image: number,
    height: number,
    width: number,
    frames: number,
    stride: number,
    target: number,
  ): void;
};

/** So many frames are multiplied at once. */
export const FRAMES_AT_ONCE = 8;
/** Rows of eight frames that stay in the second-level cache while all images pass over them. */
const BAND_BYTES = 2 ** 18;
const NUMBER_BYTES = 8;
/** Of the frames, which are held as float32, as movies are. */
const PIXEL_BYTES = FRAMES_AT_ONCE * 4;
const SUMS_BYTES = FRAMES_AT_ONCE * NUMBER_BYTES;
const PAGE_BYTES = 65_536;

export interface Projector {
  /** The images of the frames to come; they are copied. */
  hold(images: readonly Rectangle[]): void;
  /** Aᵀ y of at most `FRAMES_AT_ONCE` frames: the inner products of all images with each, into the target of the same place. */
  project(frames: readonly ArrayLike<number>[], targets: readonly Float64Array[]): void;
}

/** An image and where its numbers are. */
type Held = Omit<Rectangle, "data"> & { readonly at: number };

/** For frames of this size. It has a memory of its own, of all images and some frames. */
export function createProjector(height: number, width: number): Projector {
  const wasm = instantiate();
  const bandRows = Math.max(1, Math.floor(BAND_BYTES / (width * PIXEL_BYTES)));
  // A band of the frames, pixel by pixel; the images; the sums.
  const images_at = bandRows * width * PIXEL_BYTES;
  let held: readonly Held[] = [];
  let sums_at = images_at;

  return {
    hold(images) {
      let at = images_at;
      held = images.map(({ row, col, height, width, data }) => {
        const image = { row, col, height, width, at };
        at += data.length * NUMBER_BYTES;
        return image;
      });
      sums_at = at;
      reserve(wasm.memory, sums_at + images.length * SUMS_BYTES);
      const numbers = new Float64Array(wasm.memory.buffer);
      for (const [i, { data }] of images.entries()) numbers.set(data, held[i]!.at / NUMBER_BYTES);
    },

    project(frames, targets) {
      const { buffer } = wasm.memory;
      const band = new Float32Array(buffer, 0, bandRows * width * FRAMES_AT_ONCE);
      const sums = new Float64Array(buffer, sums_at, held.length * FRAMES_AT_ONCE).fill(0);
      for (let top = 0; top < height; top += bandRows) {
        const bottom = Math.min(top + bandRows, height);
        interleave(frames, top * width, bottom * width, band);
        for (const [i, image] of held.entries()) {
          const first = Math.max(top, image.row);
          const rows = Math.min(bottom, image.row + image.height) - first;
          if (rows <= 0) continue;
          const part = image.at + (first - image.row) * image.width * NUMBER_BYTES;
          const under = ((first - top) * width + image.col) * PIXEL_BYTES;
          wasm.project(part, rows, image.width, under, width, sums_at + i * SUMS_BYTES);
        }
      }
      for (let i = 0; i < held.length; i++) {
        for (let f = 0; f < frames.length; f++) targets[f]![i] = sums[i * FRAMES_AT_ONCE + f]!;
      }
    },
  };
}

/** Pixels of up to eight frames beside each other; of fewer, the last one stands in for those that are not there. */
function interleave(
  frames: readonly ArrayLike<number>[],
  start: number,
  end: number,
  band: Float32Array,
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
