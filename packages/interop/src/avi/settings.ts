// What can be chosen about a video file, for every format that is made of them.
import { z } from "zod";

export const videoSettings = z.strictObject({
  codec: z
    .enum(["raw", "ffv1"])
    .default("raw")
    .describe(
      "raw: uncompressed, what Fiji and MIN1PIPE read; ffv1: lossless, half the size, needs ffmpeg",
    ),
  ffmpeg: z.string().min(1).default("ffmpeg").describe("The ffmpeg program, for ffv1"),
});

/** Of uncompressed files, which need no other program. */
export const rawSettings = z.strictObject({
  fourcc: z
    .enum(["GREY", "Y800", "DIB"])
    .default("GREY")
    .describe("How raw frames are tagged; DIB: as a bitmap with a grey palette"),
  segment_bytes: z
    .int()
    .min(1 << 16)
    .max(1_000_000_000)
    .default(1_000_000_000)
    .describe("Longest RIFF of a raw file; readers without OpenDML see the first one"),
});

export const aviSettings = videoSettings.extend(rawSettings.shape);
