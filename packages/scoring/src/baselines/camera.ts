// Frames as linear functions of the weights of all cells and backgrounds, and the transpose of that: A_t x and A_tᵀ y. The images stay where
// they are, on the canvas before the tissue's motion, and only their sum is moved, so that frames of any motion cost about the same.
import type { Light, Part } from "./light.ts";
import { bordered, createMover, type Rectangle } from "./moved.ts";
import { createProjector, FRAMES_AT_ONCE, takeFrames } from "./projector.ts";
import { createSpace } from "./space.ts";

/** Some frames that follow each other; `which` chooses among them, at most `FRAMES_AT_ONCE`, and all else has the order of it. */
export interface View {
  /** A_t x becomes what is under work. */
  see(which: readonly number[], weights: readonly Float64Array[]): void;
  /** A_tᵀ y of what is under work: the inner products of the images of each frame with it. */
  project(which: readonly number[], products: readonly Float64Array[]): void;
}

export interface Camera {
  /** What is under work: views for the moment. */
  frame(k: number): Float64Array;
  /** Some frames from `first` on. */
  view(first: number, count: number): View;
}

export function cameraOf(light: Light): Camera {
  const { fov, canvas, path, shade, moved, unmoved } = light;
  const plane = bordered(canvas);
  const moves = moved.length > 0;
  const space = createSpace();
  const frames = takeFrames(space, fov);
  const canvases = takeFrames(space, moves ? plane : { height: 0, width: 0 });
  const moving = createMover(space, canvas, fov, shade);
  const onCanvas = createProjector(
    space,
    plane,
    moved.map(({ image }) => inBorder(image)),
    canvases,
  );
  const onSensor = createProjector(
    space,
    fov,
    unmoved.map(({ image }) => image),
    frames,
  );
  const ofMoved = buffers(moved.length);
  const ofUnmoved = buffers(unmoved.length);

  return {
    frame: frames.at,
    view(first, count) {
      const movedShares = sharesOf(moved, first, count);
      const unmovedShares = sharesOf(unmoved, first, count);
      const ways = Array.from({ length: moves ? count : 0 }, (_, f) =>
        moving(path.motionAt(first + f)),
      );
      return {
        see(which, weights) {
          unmovedShares.share(which, weights, ofUnmoved);
          onSensor.spread(ofUnmoved.slice(0, which.length));
          if (!moves) return;
          movedShares.share(which, weights, ofMoved);
          onCanvas.spread(ofMoved.slice(0, which.length));
          for (const [k, f] of which.entries()) {
            ways[f]!.there(canvases.addresses[k]!, frames.addresses[k]!);
          }
        },
        project(which, products) {
          for (const product of products) product.fill(0);
          onSensor.project(ofUnmoved.slice(0, which.length), unmovedShares.wanted(which));
          unmovedShares.gather(which, ofUnmoved, products);
          if (!moves) return;
          for (const [k, f] of which.entries()) {
            ways[f]!.back(frames.addresses[k]!, canvases.addresses[k]!);
          }
          onCanvas.project(ofMoved.slice(0, which.length), movedShares.wanted(which));
          movedShares.gather(which, ofMoved, products);
        },
      };
    },
  };
}

const inBorder = (image: Rectangle): Rectangle => ({
  ...image,
  row: image.row + 1,
  col: image.col + 1,
});

const buffers = (length: number): Float64Array[] =>
  Array.from({ length: FRAMES_AT_ONCE }, () => new Float64Array(length));

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
    /** 0 for parts that have no share in any of these frames. */
    wanted: (which: readonly number[]): Uint8Array =>
      Uint8Array.from(parts, (_, p) => (which.some((f) => shares[p * count + f] !== 0) ? 1 : 0)),
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
