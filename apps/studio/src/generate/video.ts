// The observed movie as a video file, by the browser's own encoder (WebCodecs): to look at, not to analyse.
import type { Recorded } from "@minisim/recording";
import {
  getFirstEncodableVideoCodec,
  Mp4OutputFormat,
  Output,
  QUALITY_HIGH,
  StreamTarget,
  VideoSample,
  VideoSampleSource,
} from "mediabunny";
import { percentileRange, type Range } from "../view/contrast-range.ts";

export async function writeVideo(
  movie: Recorded,
  handle: FileSystemFileHandle,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const { shape, spec } = movie;
  const { fps } = spec.acquisition;
  const [frames, fullHeight, fullWidth] = shape;
  if (frames === 0) throw new Error("There is no movie: the spec has no step that makes light.");
  // Encoders want even sides; the last row or column is left out where there is one too many.
  const [height, width] = [fullHeight & ~1, fullWidth & ~1];
  const codec = await getFirstEncodableVideoCodec(["avc", "vp9", "av1", "hevc"], { width, height });
  if (!codec)
    throw new Error("This browser cannot encode video; the other formats need no encoder.");
  const writable = await handle.createWritable();
  const output = new Output({ format: new Mp4OutputFormat(), target: new StreamTarget(writable) });
  const track = new VideoSampleSource({ codec, bitrate: QUALITY_HIGH });
  output.addVideoTrack(track, { frameRate: fps });
  await output.start();
  try {
    let range: Range | undefined;
    const pixels = new Uint8ClampedArray(4 * height * width).fill(255);
    const area = fullHeight * fullWidth;
    for await (const { start, end, data } of movie.frames()) {
      range ??= percentileRange(data.subarray(0, area), 0.005, 0.999);
      for (let frame = start; frame < end; frame++) {
        const values = data.subarray((frame - start) * area, (frame - start + 1) * area);
        toGray(values, fullWidth, [height, width], range, pixels);
        const sample = new VideoSample(pixels, {
          format: "RGBA",
          codedWidth: width,
          codedHeight: height,
          timestamp: frame / fps,
          duration: 1 / fps,
        });
        await track.add(sample);
        sample.close();
      }
      onProgress(end, frames);
    }
    await output.finalize();
  } catch (error) {
    await output.cancel();
    throw error;
  }
}

function toGray(
  data: ArrayLike<number>,
  stride: number,
  [height, width]: readonly [number, number],
  { low, high }: Range,
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
