// Weights of all unknowns for a few frames at once. One model, of the images as they are on average, leads the search in every frame; what is
// found is the minimum for the images of that frame.
import { cameraOf } from "./camera.ts";
import { multiply } from "./gram.ts";
import type { Light } from "./light.ts";
import { meanImages } from "./mean-gram.ts";
import type { Rectangle } from "./moved.ts";
import { type NnlsOptions, type NnlsOutcome, nnlsSolver, type Product } from "./nnls.ts";
import { FRAMES_AT_ONCE } from "./projector.ts";

export interface Fit extends NnlsOutcome {
  /** Of each unknown; not divided by what is known of it. */
  readonly weights: Float64Array;
}

/** For some frames that follow each other, from `first` on. */
export type Fitter = (first: number, frames: readonly ArrayLike<number>[]) => Fit[];

export function fitterOf(light: Light, nnls: NnlsOptions): Fitter {
  const { gram, places } = meanImages(light);
  const { size } = gram;
  const free = new Uint8Array(size);
  // The constant: a sensor that rounds down is half a count too low.
  free[size - 1] = 1;
  const solver = nnlsSolver(gram, free, { ...nnls, order: fromTheTop(places, light.cells) });
  const camera = cameraOf(light);
  const alike = light.moved.length === 0 && light.unmoved.every(({ share }) => !share);

  return (first, frames) => {
    const view = camera.view(first, frames.length);
    const products = frames.map(() => new Float64Array(size));
    for (let from = 0; from < frames.length; from += FRAMES_AT_ONCE) {
      const to = Math.min(from + FRAMES_AT_ONCE, frames.length);
      const which = Array.from({ length: to - from }, (_, k) => from + k);
      for (const [k, f] of which.entries()) camera.frame(k).set(frames[f]!);
      view.project(which, products.slice(from, to));
    }
    const weights = frames.map(() => new Float64Array(size));
    const searches = products.map((b, f) => solver.solving(b, weights[f]!));
    const outcomes = sideBySide(searches, (which, asked) => {
      if (alike) {
        for (const { of, into } of asked) multiply(gram, of, into);
        return;
      }
      view.see(
        which,
        asked.map(({ of }) => of),
      );
      view.project(
        which,
        asked.map(({ into }) => into),
      );
    });
    return outcomes.map((outcome, f) => {
      // Of what a frame shows nothing, nothing is known.
      for (let i = 0; i < size; i++) if (products[f]![i] === 0) weights[f]![i] = 0;
      return { ...outcome, weights: weights[f]! };
    });
  };
}

/** Runs all searches to their end, some at a time. What these ask for is computed at once; one that ends gives its place to the next. */
function sideBySide(
  searches: readonly Generator<Product, NnlsOutcome, void>[],
  answer: (which: readonly number[], asked: readonly Product[]) => void,
): NnlsOutcome[] {
  const outcomes: NnlsOutcome[] = [];
  for (;;) {
    const which: number[] = [];
    const asked: Product[] = [];
    for (const [k, search] of searches.entries()) {
      if (outcomes[k]) continue;
      if (which.length === FRAMES_AT_ONCE) break;
      const next = search.next();
      if (next.done) outcomes[k] = next.value;
      else {
        which.push(k);
        asked.push(next.value);
      }
    }
    if (which.length === 0) return outcomes;
    answer(which, asked);
  }
}

/** Cells from the top of the field down, so that those that meet are near; then what lies over the whole field. */
function fromTheTop(places: readonly Rectangle[], cells: number): Int32Array {
  const middle = (i: number) => (i < cells ? places[i]!.row + places[i]!.height / 2 : Infinity);
  return Int32Array.from(places.keys()).sort((a, b) => {
    const [above, below] = [middle(a), middle(b)];
    return above === below ? a - b : above - below;
  });
}
