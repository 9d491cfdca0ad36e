// Fewer and smaller frames: every k-th, each pixel the mean of a square.

export interface Decimation {
  /** Side of the square. */
  readonly side: number;
  /** Every how many frames. */
  readonly every: number;
  readonly height: number;
  readonly width: number;
}

/** The least decimation that meets both limits. Rows and columns that fill no square are left out. */
export function decimationOf(
  [frames, height, width]: readonly [number, number, number],
  mostFrames: number,
  mostPixels: number,
): Decimation {
  const longest = Math.max(height, width);
  const shortest = Math.min(height, width);
  const side = Math.min(shortest, Math.max(1, Math.ceil(longest / mostPixels)));
  return {
    side,
    every: Math.max(1, Math.ceil(frames / mostFrames)),
    height: Math.floor(height / side),
    width: Math.floor(width / side),
  };
}

/** One row-major frame of the given width, made smaller. */
export function shrink(
  frame: ArrayLike<number>,
  frameWidth: number,
  { side, height, width }: Decimation,
): Float32Array {
  const small = new Float32Array(height * width);
  for (let y = 0; y < height * side; y++) {
    const row = Math.floor(y / side) * width;
    for (let x = 0; x < width * side; x++) {
      small[row + Math.floor(x / side)]! += frame[y * frameWidth + x]!;
    }
  }
  return small.map((sum) => sum / (side * side));
}
