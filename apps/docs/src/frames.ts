// A frame of a preset, as the camera gives it: made while the site is built, so it is always today's.
import { imageFigure } from "@minisim/figures";
import { toPng } from "@minisim/figures/node";
import { geometryOf } from "@minisim/spec";
import { compile, liveRecording, preset, Spec } from "minisim";

/** The frame that is shown, of a recording that is no longer than it need be. */
const FRAME = 5;
const DURATION_S = 0.5;

/** Where the site keeps it. */
export const frameAddress = (name: string): string =>
  `/pictures/frames/${name.replace("/", "-")}.png`;

/** A PNG of one frame of the preset of this name. */
export async function drawFrame(name: string): Promise<Uint8Array> {
  const spec = Spec.parse(preset(name, { duration_s: DURATION_S }));
  const recording = liveRecording(compile(spec));
  const [, height, width] = recording.shape;
  for await (const { data } of recording.frames({ start: FRAME, end: FRAME + 1 })) {
    const figure = imageFigure({
      field: { height, width, data: Float32Array.from(data) },
      title: name,
      subtitle: "one frame, as the camera gives it",
      label: "counts",
      pixelSizeUm: geometryOf(spec.acquisition).pixel_size_um,
      colormap: "gray",
    });
    return toPng(figure, { scale: 1, small: true });
  }
  throw new Error(`${name} has no frame ${FRAME}.`);
}
