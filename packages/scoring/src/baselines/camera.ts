// Frames as linear functions of the weights of all cells and backgrounds, and the transpose of that: A_t x and A_tᵀ y. The images stay where
// they are, on the canvas before the tissue's motion, and only their sum is moved, so that frames of any motion cost about the same.
import { area } from "@minisim/pipeline";
import type { Light, Part } from "./light.ts";
import { bordered, type Move, type Rectangle } from "./moved.ts";
import { createProjector, FRAMES_AT_ONCE } from "./projector.ts";

/** Some frames that follow each other; `which` chooses among them, and all else has the order of it. */
export interface View {
  /** A_t x, each into the frame of the same place. */
  see(
    which: readonly number[],
    weights: readonly Float64Array[],
    frames: readonly Float64Array[],
  ): void;
  /** A_tᵀ y: the inner products of the images of each frame with it. */
  project(
    which: readonly number[],
    frames: readonly ArrayLike<number>[],
    products: readonly Float64Array[],
  ): void;
}

/** @returns a view of some frames from `first` on, of which at most `FRAMES_AT_ONCE` are chosen at a time */
export function cameraOf(light: Light): (first: number, count: number) => View {
  const { fov, path, shade, moved, unmoved } = light;
  const pixels = area(fov);
  const plane = bordered(light.canvas);
  const moves = moved.length > 0;
  const onCanvas = createProjector(
    plane,
    moved.map(({ image }) => inBorder(image)),
  );
  const onSensor = createProjector(
    fov,
    unmoved.map(({ image }) => image),
  );
  const canvases = buffers(moves ? area(plane) : 0);
  const through = new Float64Array(moves ? pixels : 0);
  const ofMoved = buffers(moved.length);
  const ofUnmoved = buffers(unmoved.length);

  return (first, count) => {
    const movedShares = sharesOf(moved, first, count);
    const unmovedShares = sharesOf(unmoved, first, count);
    const ways = moves ? Array.from({ length: count }, (_, f) => path.moveAt(first + f)) : [];
    return {
      see(which, weights, frames) {
        unmovedShares.share(which, weights, ofUnmoved);
        onSensor.spread(ofUnmoved.slice(0, which.length), frames);
        if (!moves) return;
        movedShares.share(which, weights, ofMoved);
        onCanvas.spread(ofMoved.slice(0, which.length), canvases.slice(0, which.length));
        for (const [k, frame] of frames.entries()) {
          ways[which[k]!]!.there(canvases[k]!, through);
          for (let pixel = 0; pixel < pixels; pixel++) {
            frame[pixel]! += through[pixel]! * shade[pixel]!;
          }
        }
      },
      project(which, frames, products) {
        for (const product of products) product.fill(0);
        onSensor.project(frames, ofUnmoved.slice(0, which.length));
        unmovedShares.gather(which, ofUnmoved, products);
        if (!moves) return;
        for (const [k, frame] of frames.entries()) {
          takeBack(frame, shade, ways[which[k]!]!, through, canvases[k]!);
        }
        onCanvas.project(canvases.slice(0, which.length), ofMoved.slice(0, which.length));
        movedShares.gather(which, ofMoved, products);
      },
    };
  };
}

const inBorder = (image: Rectangle): Rectangle => ({
  ...image,
  row: image.row + 1,
  col: image.col + 1,
});

const buffers = (length: number): Float64Array[] =>
  Array.from({ length: FRAMES_AT_ONCE }, () => new Float64Array(length));

/** A frame's light through the fields and back onto the canvas; `through` is overwritten. */
export function takeBack(
  frame: ArrayLike<number>,
  shade: Float64Array,
  move: Move,
  through: Float64Array,
  canvas: Float64Array,
): void {
  for (let pixel = 0; pixel < through.length; pixel++) {
    through[pixel] = frame[pixel]! * shade[pixel]!;
  }
  move.back(through, canvas);
}

/** From weights of unknowns to those of their parts in some frames, and the transpose. */
function sharesOf(parts: readonly Part[], first: number, count: number) {
  // part × frame
  const shares = new Float64Array(parts.length * count).fill(1);
  for (const [k, { share }] of parts.entries()) {
    share?.of.read(share.row, first, first + count, shares, k * count);
  }
  return {
    share(
      which: readonly number[],
      weights: readonly Float64Array[],
      targets: readonly Float64Array[],
    ): void {
      for (const [k, f] of which.entries()) {
        for (const [p, { unknown }] of parts.entries()) {
          targets[k]![p] = shares[p * count + f]! * weights[k]![unknown]!;
        }
      }
    },
    /** Added to the products. */
    gather(
      which: readonly number[],
      sums: readonly Float64Array[],
      products: readonly Float64Array[],
    ): void {
      for (const [k, f] of which.entries()) {
        for (const [p, { unknown }] of parts.entries()) {
          products[k]![unknown]! += shares[p * count + f]! * sums[k]![p]!;
        }
      }
    },
  };
}
