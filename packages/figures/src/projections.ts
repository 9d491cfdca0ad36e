// Mean, maximum and standard deviation of a movie per pixel, in one pass over blocks of frames.

export interface Projections {
  readonly height: number;
  readonly width: number;
  readonly frames: number;
  /** height × width, row-major; zeros without frames. */
  readonly mean: Float64Array;
  readonly max: Float64Array;
  /** Population standard deviation. */
  readonly std: Float64Array;
}

export interface ProjectionAccumulator {
  /** Takes any number of whole frames, row-major. */
  add(frames: ArrayLike<number>): void;
  result(): Projections;
}

/** @throws RangeError from `add` for a part of a frame. */
export function createProjections(height: number, width: number): ProjectionAccumulator {
  const pixels = height * width;
  // Deviations from the first frame: sums of squares then lose nothing to a large common level.
  const origin = new Float64Array(pixels);
  const sum = new Float64Array(pixels);
  const squares = new Float64Array(pixels);
  const max = new Float64Array(pixels).fill(Number.NEGATIVE_INFINITY);
  let count = 0;
  return {
    add(frames) {
      if (frames.length % pixels !== 0) {
        throw new RangeError(
          `${frames.length} values are no whole frames of ${height} × ${width}.`,
        );
      }
      for (let at = 0; at < frames.length; at += pixels) {
        for (let i = 0; i < pixels; i++) {
          const value = frames[at + i]!;
          if (count === 0) origin[i] = value;
          const deviation = value - origin[i]!;
          sum[i]! += deviation;
          squares[i]! += deviation * deviation;
          if (value > max[i]!) max[i] = value;
        }
        count++;
      }
    },
    result() {
      const n = Math.max(1, count);
      return {
        height,
        width,
        frames: count,
        mean: sum.map((total, i) => origin[i]! + total / n),
        max: count === 0 ? new Float64Array(pixels) : max.slice(),
        std: squares.map((total, i) => Math.sqrt(Math.max(0, total / n - (sum[i]! / n) ** 2))),
      };
    },
  };
}
