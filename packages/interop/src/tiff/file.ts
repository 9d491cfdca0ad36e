// The movie as one BigTIFF stack with OME metadata.

import { markOf } from "@minisim/output/mark";
import { BYTES_PER_PIXEL } from "@minisim/spec";
import type { FileFormat } from "../contract.ts";
import { requireFrames } from "../movie.ts";
import { asciiOf, bytesOf, movieOf } from "../stream.ts";
import { type TiffStack, tiffDescription, tiffDirectories, tiffHeader } from "./bigtiff.ts";
import { omeXml } from "./ome.ts";

// Written at a time.
const DIRECTORIES = 1024;

export const file: FileFormat = {
  name: "tiff",
  title: "BigTIFF",
  summary:
    "BigTIFF stack with OME metadata, 8 or 16 bits or float; tifffile, Fiji, CaImAn and suite2p read it.",
  extension: ".ome.tif",
  check: (movie) => requireFrames(movie, "tiff"),
  async writeTo(output, source, _, watch) {
    const [frames, height, width] = source.shape;
    const bytesPerPixel = BYTES_PER_PIXEL[source.container];
    const description = omeXml(source);
    const stack: TiffStack = { frames, height, width, bytesPerPixel, description };
    await output.stream(async (sink) => {
      await sink.append(tiffHeader(stack));
      for await (const { data } of movieOf(source, watch)) await sink.append(bytesOf(data));
      await sink.append(tiffDescription(stack));
      for (let from = 0; from < frames; from += DIRECTORIES) {
        const to = Math.min(frames, from + DIRECTORIES);
        await sink.append(tiffDirectories(stack, from, to));
      }
      // Behind the last directory nobody looks.
      await sink.append(asciiOf(markOf("tiff")));
    });
  },
};
