// A video for people, lossy, by a system's ffmpeg: MP4 (H.264) or WebM (VP9).
import { writeClaimed } from "@minisim/output";
import { markOf } from "@minisim/output/mark";
import { type MovieBlock, type Recorded, scaleOf } from "@minisim/recording";
import { z } from "zod";
import type { ExportOptions, Format } from "../contract.ts";
import { contrastSettings, type Stretch, stretchBy } from "../contrast.ts";
import { encodeWithFfmpeg } from "../ffmpeg.ts";
import { requireFrames } from "../movie.ts";
import { parseSettings } from "../settings.ts";
import { framesOf, movieOf } from "../stream.ts";
import { fileOf } from "../to-path.ts";

const mp4Settings = contrastSettings.extend({
  codec: z.enum(["h264", "vp9"]).default("h264").describe("h264: an MP4; vp9: a WebM"),
  speed: z.number().gt(0).max(1000).default(1).describe("Times real time"),
  ffmpeg: z.string().min(1).default("ffmpeg").describe("The ffmpeg program"),
});

// Both want even sizes; what is added is black.
const EVEN = ["-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-pix_fmt", "yuv420p"];
const MARKED = ["-metadata", `comment=${markOf("mp4")}`];
const ENCODERS = {
  h264: ["-c:v", "libx264", "-crf", "18", "-movflags", "+faststart", "-f", "mp4"],
  vp9: ["-c:v", "libvpx-vp9", "-crf", "24", "-b:v", "0", "-f", "webm"],
} as const;

/** The movie's beginning decides the contrast: this many values are kept until then. */
const DECIDING_VALUES = 1 << 24;

export const format: Format = {
  name: "mp4",
  summary: "Video for people, MP4 or WebM, contrast stretched, lossy; needs ffmpeg.",
  extension: ".mp4",
  writeSettings: mp4Settings,
  async write(source, path, options) {
    const settings = parseSettings("mp4", mp4Settings, options.settings);
    requireFrames(source, "mp4");
    const [, height, width] = source.shape;
    const video = { height, width, fps: scaleOf(source).fps * settings.speed };
    await writeClaimed(path, fileOf("mp4", options), (partial) =>
      encodeWithFfmpeg(
        settings.ffmpeg,
        video,
        [...EVEN, ...MARKED, ...ENCODERS[settings.codec], partial],
        async (feed) => {
          for await (const { block, stretch } of stretched(source, options, settings)) {
            for (const frame of framesOf(block, height * width)) await feed(stretch(frame));
          }
        },
      ),
    );
  },
};

async function* stretched(
  source: Recorded,
  options: ExportOptions,
  settings: z.output<typeof mp4Settings>,
): AsyncGenerator<{ block: MovieBlock; stretch: Stretch }> {
  const waiting: MovieBlock[] = [];
  let values = 0;
  let stretch: Stretch | undefined;
  for await (const block of movieOf(source, options)) {
    if (stretch) {
      yield { block, stretch };
      continue;
    }
    waiting.push({ ...block, data: block.data.slice() });
    values += block.data.length;
    if (values < DECIDING_VALUES && block.end < source.shape[0]) continue;
    const decided = stretchBy(
      waiting.map(({ data }) => data),
      settings,
    );
    for (const kept of waiting.splice(0)) yield { block: kept, stretch: decided };
    stretch = decided;
  }
}
