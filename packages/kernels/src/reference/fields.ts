// Dense fields over a block of frames.

/** frame_f += weights[f] · field. */
export function accumulateField(
  block: Float64Array,
  nFrames: number,
  nPixels: number,
  field: ArrayLike<number>,
  weights: ArrayLike<number>,
): void {
  for (let f = 0; f < nFrames; f++) {
    for (let p = 0; p < nPixels; p++) block[f * nPixels + p]! += weights[f]! * field[p]!;
  }
}

/** frame_f *= field, and then *= weights[f] when weights are given; frame_f *= field + weights[f] · swing with a swing beside them. A field that is null is 1 everywhere. */
export function modulate(
  block: Float64Array,
  nFrames: number,
  nPixels: number,
  field: ArrayLike<number> | null,
  weights?: ArrayLike<number>,
  swing?: ArrayLike<number>,
): void {
  for (let f = 0; f < nFrames; f++) {
    const weight = weights ? weights[f]! : 1;
    for (let p = 0; p < nPixels; p++) {
      const value = field ? field[p]! : 1;
      block[f * nPixels + p]! *= swing ? value + weight * swing[p]! : value * weight;
    }
  }
}
