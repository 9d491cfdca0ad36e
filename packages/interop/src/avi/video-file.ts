// One video file of 8-bit greys, raw or FFV1: what a frame at a time goes into.
import { markOf } from "@minisim/output/mark";
import { encodeWithFfmpeg, type Feed } from "../ffmpeg.ts";
import { writeFileSink } from "../file-sink.ts";
import type { FourCc } from "./frame-layout.ts";
import { AviWriter } from "./writer.ts";

export interface VideoFile {
  readonly height: number;
  readonly width: number;
  /** The rate that the file claims. */
  readonly fps: number;
  readonly codec: "raw" | "ffv1";
  readonly fourcc: FourCc;
  /** For FFV1. */
  readonly ffmpeg: string;
}

/** Level 3, every frame a key frame: seekable, and lossless. Slices are fixed, so that the bytes do not depend on the machine. */
const FFV1 = ["-c:v", "ffv1", "-level", "3", "-g", "1", "-slices", "4"];
const MARKED = ["-metadata", `comment=${markOf("avi")}`, "-f", "avi"];

export async function writeVideoFile(
  path: string,
  { codec, ffmpeg, ...video }: VideoFile,
  feedAll: (feed: Feed) => Promise<void>,
): Promise<void> {
  if (codec === "ffv1") return encodeWithFfmpeg(ffmpeg, video, [...FFV1, ...MARKED, path], feedAll);
  await writeFileSink(path, async (sink) => {
    const writer = new AviWriter(sink, video);
    await feedAll((frame) => writer.append(frame));
    await writer.finish();
  });
}
