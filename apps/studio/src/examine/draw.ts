// What was found, and what was missed, as outlines in the colours of their classes.
import { colorOf } from "./classes.ts";
import type { Drawn, Judgement } from "./types.ts";

/** In pixels of the picture; `thin` is a line of one pixel of the page. */
export function drawJudgement(
  context: CanvasRenderingContext2D,
  { estimates, missed }: Judgement,
  thin: number,
): void {
  context.lineJoin = "round";
  context.lineWidth = 1.6 * thin;
  for (const one of estimates) outline(context, one);
  // What nobody drew is dashed, so that colour is not all that tells it apart.
  context.setLineDash([3 * thin, 3 * thin]);
  for (const one of missed) outline(context, one);
  context.setLineDash([]);
}

function outline(context: CanvasRenderingContext2D, { class: name, loops }: Drawn<string>): void {
  context.strokeStyle = colorOf(name);
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
