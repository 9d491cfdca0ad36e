// AVI in Node: uncompressed, or FFV1 by a system's ffmpeg.

import { writeClaimed } from "@minisim/output";
import { scaleOf } from "@minisim/recording";
import type { Format } from "../contract.ts";
import { parseSettings } from "../settings.ts";
import { framesOf, movieOf } from "../stream.ts";
import { fileOf, writeToPath } from "../to-path.ts";
import { file } from "./file.ts";
import { aviSettings } from "./settings.ts";
import { writeVideoFile } from "./video-file.ts";

export const format: Format = {
  name: "avi",
  summary:
    "AVI, 8-bit grey, uncompressed or FFV1; OpenCV, Fiji, MIN1PIPE, CaImAn and minian read it.",
  extension: ".avi",
  writeSettings: aviSettings,
  async write(source, path, options) {
    const { codec, ffmpeg, ...raw } = parseSettings("avi", aviSettings, options.settings);
    if (codec === "raw") return writeToPath(file)(source, path, { ...options, settings: raw });
    file.check?.(source);
    const [, height, width] = source.shape;
    const video = {
      height,
      width,
      fps: scaleOf(source).fps,
      codec,
      ffmpeg,
      fourcc: "GREY",
    } as const;
    await writeClaimed(path, fileOf("avi", options), (partial) =>
      writeVideoFile(partial, video, async (feed) => {
        for await (const block of movieOf(source, options)) {
          for (const frame of framesOf(block, height * width)) await feed(frame as Uint8Array);
        }
      }),
    );
  },
};
