// The FOV's part of frames that are still on the canvas.
import type { SceneGeometry } from "@minisim/pipeline/rendering";

/** n frames on the canvas → n frames over the FOV, which lies in the canvas' centre. */
export function centreCrop(frames: Float32Array, n: number, geometry: SceneGeometry): Float32Array {
  const { fov, canvas, margin_px: margin } = geometry;
  const cropped = new Float32Array(n * fov.height * fov.width);
  for (let f = 0; f < n; f++) {
    for (let row = 0; row < fov.height; row++) {
      const from = (f * canvas.height + margin + row) * canvas.width + margin;
      cropped.set(frames.subarray(from, from + fov.width), (f * fov.height + row) * fov.width);
    }
  }
  return cropped;
}
