// Movies at a stage of the simulation: kept, or rendered again.
import type { MovieNdArray } from "./array.ts";

/** The movie at one stage of the simulation. */
export interface StageMovie {
  readonly name: string;
  /** frame × height × width. Before motion the frames are the whole canvas, margin included. */
  readonly movie: MovieNdArray;
  /** Where the sensor's field of view begins in these frames: (top, left); (0, 0) once they are the field of view. */
  readonly fov_offset: readonly [number, number];
}

/** Renders frames again, at any stage: frames are pure functions of the spec and their number. */
export interface FrameSource {
  /** Stage names with the step kinds they belong to, in order. */
  readonly stages: readonly { readonly name: string; readonly kind: string }[];
  /** @throws RangeError that lists the stages when there is no such stage, or names the range of frames. */
  render(frames: readonly number[], stage?: string): Promise<StageMovie>;
}

/** The field of view in the frames of a stage, row-major. */
export function croppedTo(
  fov: { readonly height: number; readonly width: number },
  { movie, fov_offset: [top, left] }: StageMovie,
): Float32Array {
  const { data, stride, offset } = movie;
  const frames = movie.shape[0]!;
  const [byFrame, byRow, byColumn] = stride as [number, number, number];
  const cropped = new Float32Array(frames * fov.height * fov.width);
  let at = 0;
  for (let frame = 0; frame < frames; frame++) {
    for (let row = 0; row < fov.height; row++) {
      let from = offset + frame * byFrame + (top + row) * byRow + left * byColumn;
      for (let column = 0; column < fov.width; column++, from += byColumn) {
        cropped[at++] = data[from]!;
      }
    }
  }
  return cropped;
}
