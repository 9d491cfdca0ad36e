// One AVI file of 8-bit greys.
import { atomically } from "../atomic.ts";
import type { Format } from "../contract.ts";
import { requireBytes } from "../movie.ts";
import { parseSettings } from "../settings.ts";
import { framesOf, movieOf } from "../stream.ts";
import type { FourCc } from "./frame-layout.ts";
import { aviSettings } from "./settings.ts";
import { writeVideoFile } from "./video-file.ts";

export const format: Format = {
  name: "avi",
  summary:
    "AVI, 8-bit grey, uncompressed or FFV1; OpenCV, Fiji, MIN1PIPE, CaImAn and minian read it.",
  extension: ".avi",
  writeSettings: aviSettings,
  async write(source, path, options) {
    const { codec, ffmpeg, fourcc, segment_bytes } = parseSettings(
      "avi",
      aviSettings,
      options.settings,
    );
    requireBytes(source, "avi");
    const [, height, width] = source.shape;
    const tag: FourCc = fourcc === "DIB" ? "DIB " : fourcc;
    const video = {
      ...{ height, width, fps: source.fps, codec, ffmpeg, fourcc: tag },
      segmentBytes: segment_bytes,
    };
    await atomically(path, options, (partial) =>
      writeVideoFile(partial, video, async (feed) => {
        for await (const block of movieOf(source, options)) {
          for (const frame of framesOf(block, height * width)) await feed(frame as Uint8Array);
        }
      }),
    );
  },
};
