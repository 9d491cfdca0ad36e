// A movie cut into video files of so many frames each.
import type { Recorded } from "@minisim/recording";
import type { ExportOptions } from "../contract.ts";
import { framesOf, movieOf } from "../stream.ts";
import { type VideoFile, writeVideoFile } from "./video-file.ts";

export interface VideoFiles extends VideoFile {
  readonly framesPerFile: number;
  readonly fileName: (index: number) => string;
  /** Whether each frame of the source is written. */
  readonly written: readonly boolean[];
}

export async function writeVideoFiles(
  source: Recorded,
  options: ExportOptions,
  { framesPerFile, fileName, written, ...video }: VideoFiles,
): Promise<void> {
  const frames = writtenFrames(source, options, written);
  try {
    let next = await frames.next();
    for (let index = 0; !next.done; index++) {
      await writeVideoFile(fileName(index), video, async (feed) => {
        for (let count = 0; count < framesPerFile && !next.done; count++) {
          await feed(next.value);
          next = await frames.next();
        }
      });
    }
  } finally {
    // Where a file failed: whoever renders the frames is told to stop.
    await frames.return(undefined);
  }
}

async function* writtenFrames(
  source: Recorded,
  options: ExportOptions,
  written: readonly boolean[],
): AsyncGenerator<Uint8Array, undefined> {
  const [, height, width] = source.shape;
  for await (const block of movieOf(source, options)) {
    let number = block.start;
    for (const frame of framesOf(block, height * width)) {
      if (written[number]) yield frame as Uint8Array;
      number += 1;
    }
  }
  return undefined;
}
