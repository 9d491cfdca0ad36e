// One uncompressed AVI file of 8-bit greys.
import { scaleOf } from "@minisim/recording";
import type { FileFormat } from "../contract.ts";
import { requireBytes } from "../movie.ts";
import { framesOf, movieOf } from "../stream.ts";
import type { FourCc } from "./frame-layout.ts";
import { rawSettings } from "./settings.ts";
import { AviWriter } from "./writer.ts";

export const file: FileFormat<typeof rawSettings> = {
  name: "avi",
  title: "AVI",
  summary: "AVI, 8-bit grey, uncompressed; OpenCV, Fiji, MIN1PIPE, CaImAn and minian read it.",
  extension: ".avi",
  writeSettings: rawSettings,
  check: (movie) => requireBytes(movie, "avi"),
  async writeTo(output, source, { fourcc, segment_bytes }, watch) {
    const [, height, width] = source.shape;
    const tag: FourCc = fourcc === "DIB" ? "DIB " : fourcc;
    await output.stream(async (sink) => {
      const video = {
        height,
        width,
        fps: scaleOf(source).fps,
        fourcc: tag,
        segmentBytes: segment_bytes,
      };
      const writer = new AviWriter(sink, video);
      for await (const block of movieOf(source, watch)) {
        for (const frame of framesOf(block, height * width))
          await writer.append(frame as Uint8Array);
      }
      await writer.finish();
    });
  },
};
