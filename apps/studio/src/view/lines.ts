// Closed lines over a picture, in its pixels.
export interface Line {
  readonly color: string;
  /** Of what nobody drew, so that colour is not all that tells it apart. */
  readonly dashed: boolean;
  /** Points of each loop: y, x, y, x, … */
  readonly loops: readonly Float32Array[];
}

/** `thin`: the width of a line that is one pixel wide on the page. */
export function drawLines(
  context: CanvasRenderingContext2D,
  lines: readonly Line[],
  thin: number,
): void {
  context.lineJoin = "round";
  context.lineWidth = 1.6 * thin;
  for (const { color, dashed, loops } of lines) {
    context.strokeStyle = color;
    context.setLineDash(dashed ? [3 * thin, 3 * thin] : []);
    context.beginPath();
    for (const loop of loops) {
      for (let i = 0; i < loop.length; i += 2) {
        if (i === 0) context.moveTo(loop[1]!, loop[0]!);
        else context.lineTo(loop[i + 1]!, loop[i]!);
      }
      context.closePath();
    }
    context.stroke();
  }
  context.setLineDash([]);
}
