/// <reference path="./gifenc.d.ts" />
// A small animated preview: decimated, contrast stretched, 256 greys.
import { markOf } from "@minisim/output/mark";
import { type Recorded, scaleOf } from "@minisim/recording";
import * as gifenc from "gifenc";
import { z } from "zod";
import type { FileFormat, Watch } from "../contract.ts";
import { contrastSettings, stretchBy } from "../contrast.ts";
import { requireFrames } from "../movie.ts";
import { asciiOf, framesOf, movieOf } from "../stream.ts";
import { type Decimation, decimationOf, shrink } from "./decimate.ts";

const gifSettings = contrastSettings.extend({
  max_frames: z
    .int()
    .min(1)
    .max(2000)
    .default(150)
    .describe("Every k-th frame is shown, no more than these"),
  max_pixels: z
    .int()
    .min(1)
    .max(1024)
    .default(320)
    .describe("Longest side, px; pixels are averaged in squares"),
  speed: z.number().gt(0).max(1000).default(1).describe("Times real time"),
});

const GREYS = Array.from({ length: 256 }, (_, grey) => [grey, grey, grey] as const);
// Its names are seen by bundlers, in the default alone by Node.
const GIFEncoder = gifenc.default.GIFEncoder ?? gifenc.GIFEncoder;
// Viewers slow down what is faster.
const LEAST_DELAY_MS = 20;

export const file: FileFormat<typeof gifSettings> = {
  name: "gif",
  title: "GIF",
  summary: "Small animated preview, contrast stretched; browsers and slides show it.",
  extension: ".gif",
  writeSettings: gifSettings,
  check: (movie) => requireFrames(movie, "gif"),
  async writeTo(output, source, { max_frames, max_pixels, speed, ...contrast }, watch) {
    const decimation = decimationOf(source.shape, max_frames, max_pixels);
    const frames = await shownFrames(source, watch, decimation);
    const stretch = stretchBy(frames, contrast);
    const delay = Math.max(
      LEAST_DELAY_MS,
      (1000 * decimation.every) / (scaleOf(source).fps * speed),
    );
    const gif = GIFEncoder();
    for (const [number, frame] of frames.entries()) {
      gif.writeFrame(stretch(frame), decimation.width, decimation.height, {
        ...(number === 0 && { palette: GREYS, repeat: 0 }),
        delay,
      });
    }
    gif.finish();
    await output.stream(async (sink) => {
      await sink.append(gif.bytes());
      // Behind the trailer nobody looks.
      await sink.append(asciiOf(markOf("gif")));
    });
  },
};

async function shownFrames(
  source: Recorded,
  watch: Watch,
  decimation: Decimation,
): Promise<Float32Array[]> {
  const [, height, width] = source.shape;
  const shown: Float32Array[] = [];
  for await (const block of movieOf(source, watch)) {
    let number = block.start;
    for (const frame of framesOf(block, height * width)) {
      if (number % decimation.every === 0) shown.push(shrink(frame, width, decimation));
      number += 1;
    }
  }
  return shown;
}
