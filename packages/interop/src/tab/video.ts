// Videos in a tab: AVI with motion JPEG, which browsers decode frame by frame; others are refused.
import type { FrameRange } from "@minisim/recording";
import { InteropError } from "../error.ts";
import { type AviFrames, lastStored } from "../movies/avi-frames.ts";
import { frameByFrame, framePart } from "../movies/frame-by-frame.ts";
import type { ReadMovieOptions } from "../movies/options.ts";
import { positive } from "../movies/positive.ts";
import type { Part, StoredMovie } from "../movies/stored-movie.ts";
import { readAt } from "../read-file.ts";
import { openRegular } from "../regular-file.ts";
import { decodesJpeg, greysOfJpeg } from "./mjpeg.ts";

/** As that of `../movies/video.ts`. @throws InteropError "unsupported" that says what to do. */
export async function openVideo(
  path: string,
  _: ReadMovieOptions,
  avi?: AviFrames,
): Promise<StoredMovie> {
  const codec = avi?.video.fourcc.trim();
  if (!avi || codec?.toUpperCase() !== "MJPG" || !decodesJpeg()) {
    const compressed = codec ? `a video compressed by ${codec}` : "a compressed video";
    const what = decodesJpeg() ? "AVI of uncompressed greys and of MJPEG" : "uncompressed AVI";
    throw new InteropError(
      "unsupported",
      `${path} is ${compressed}, and a tab reads ${what}: convert it by ffmpeg -i ${path} -c:v rawvideo -pix_fmt gray grey.avi, or save it as a TIFF.`,
    );
  }
  const { video, at } = avi;
  return {
    place: path,
    ...frameByFrame([at.length, video.height, video.width], (range) => partsOf(path, avi, range)),
    type: "uint8",
    fps: positive(video.fps),
    isStream: true,
  };
}

/** One frame after the other, so that no more than one is held. */
async function* partsOf(
  path: string,
  { video, at, lengths }: AviFrames,
  { start, end }: FrameRange,
): AsyncGenerator<Part> {
  const { file } = await openRegular(path);
  let decoded = -1;
  let greys = new Uint8Array(0);
  try {
    for (let frame = start; frame < end; frame++) {
      const bad = (problem: string) =>
        new InteropError("malformed", `${path}: frame ${frame} ${problem}.`);
      const stored = lastStored(lengths, frame);
      if (stored < 0) throw bad("has no bytes");
      if (stored !== decoded) {
        const jpeg = await readAt(file, path, at[stored]!, lengths[stored]!);
        greys = await greysOfJpeg(jpeg, video, bad);
        decoded = stored;
      }
      yield framePart(frame, video, greys);
    }
  } finally {
    await file.close();
  }
}
