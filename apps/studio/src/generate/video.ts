// The observed movie as a video file, by the browser's own encoder (WebCodecs): to look at, not to analyse.
import type { Plan } from "@minisim/pipeline";
import { Renderer, viewOf } from "@minisim/render";
import {
  getFirstEncodableVideoCodec,
  Mp4OutputFormat,
  Output,
  QUALITY_HIGH,
  StreamTarget,
  VideoSample,
  VideoSampleSource,
} from "mediabunny";
import { percentileRange } from "../view/contrast-range.ts";

export async function writeVideo(
  plan: Plan,
  folder: FileSystemDirectoryHandle,
  name: string,
  onProgress: (done: number, total: number) => void,
): Promise<string> {
  const { fov, n_frames: frames, fps } = plan.program.geometry;
  const view = viewOf(plan.program, {});
  if (!view) throw new Error("There is no movie: the spec has no step that makes light.");
  // Encoders want even sides; the last row or column is left out where there is one too many.
  const [height, width] = [fov.height & ~1, fov.width & ~1];
  const codec = await getFirstEncodableVideoCodec(["avc", "vp9", "av1", "hevc"], { width, height });
  if (!codec) throw new Error("This browser cannot encode video; the store needs no encoder.");
  const file = await folder.getFileHandle(name, { create: true });
  const writable = await file.createWritable();
  const output = new Output({ format: new Mp4OutputFormat(), target: new StreamTarget(writable) });
  const source = new VideoSampleSource({ codec, bitrate: QUALITY_HIGH });
  output.addVideoTrack(source, { frameRate: fps });
  await output.start();
  const renderer = await Renderer.create(plan.program);
  let range: { readonly low: number; readonly high: number } | undefined;
  const pixels = new Uint8ClampedArray(4 * height * width).fill(255);
  for (const block of renderer.blocks(undefined, view)) {
    const area = fov.height * fov.width;
    range ??= percentileRange(block.data.subarray(0, area), 0.005, 0.999);
    for (const [i, frame] of block.frames.entries()) {
      toGray(
        block.data.subarray(i * area, (i + 1) * area),
        fov.width,
        [height, width],
        range,
        pixels,
      );
      const sample = new VideoSample(pixels, {
        format: "RGBA",
        codedWidth: width,
        codedHeight: height,
        timestamp: frame / fps,
        duration: 1 / fps,
      });
      await source.add(sample);
      sample.close();
    }
    onProgress(block.frames.at(-1)! + 1, frames);
  }
  renderer.release();
  await output.finalize();
  return name;
}

function toGray(
  data: ArrayLike<number>,
  stride: number,
  [height, width]: readonly [number, number],
  { low, high }: { readonly low: number; readonly high: number },
  pixels: Uint8ClampedArray,
): void {
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const level = (255 * (data[row * stride + column]! - low)) / (high - low);
      const at = 4 * (row * width + column);
      pixels[at] = level;
      pixels[at + 1] = level;
      pixels[at + 2] = level;
    }
  }
}
