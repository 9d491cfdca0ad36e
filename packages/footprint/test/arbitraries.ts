// Random canvases, footprints and windows.
import { type Canvas, type Footprint, FootprintStack, type Window } from "@minisim/footprint";
import fc from "fast-check";

const side = fc.integer({ min: 1, max: 24 });

export const canvas = (): fc.Arbitrary<Canvas> => fc.record({ height: side, width: side });

/** A window that lies on the canvas; it may be empty. */
export function subWindow({ height, width }: Canvas): fc.Arbitrary<Window> {
  const span = (length: number) =>
    fc
      .tuple(fc.integer({ min: 0, max: length }), fc.integer({ min: 0, max: length }))
      .map(([a, b]) => [Math.min(a, b), Math.abs(a - b)] as const);
  return fc
    .tuple(span(height), span(width))
    .map(([[top, h], [left, w]]) => ({ top, left, height: h, width: w }));
}

/** A footprint anywhere on the canvas, of weights 0 to 1 that float32 holds exactly, some of them 0. */
export function footprintOn(canvas: Canvas): fc.Arbitrary<Footprint> {
  return subWindow(canvas).chain(({ top, left, height, width }) =>
    fc
      .array(fc.integer({ min: 0, max: 64 }), {
        minLength: height * width,
        maxLength: height * width,
      })
      .map((weights) => ({
        ...(height * width > 0
          ? { row: top, col: left, height, width }
          : { row: 0, col: 0, height: 0, width: 0 }),
        data: Float32Array.from(weights, (weight) => Math.max(0, weight - 16) / 48),
      })),
  );
}

export const canvasFootprint = () =>
  canvas().chain((size) => footprintOn(size).map((footprint) => ({ canvas: size, footprint })));

export const stack = (): fc.Arbitrary<FootprintStack> =>
  canvas().chain((size) =>
    fc
      .array(footprintOn(size), { maxLength: 5 })
      .map((footprints) => FootprintStack.from(footprints, size)),
  );
