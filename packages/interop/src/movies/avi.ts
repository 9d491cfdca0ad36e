// A movie that is an uncompressed AVI file of greys: bytes (GREY, Y800, Y8, bitmaps with a grey palette), or words of 16 bits (Y16).
import type { FrameRange } from "@minisim/recording";
import { InteropError } from "../error.ts";
import { withFsErrors } from "../fs-error.ts";
import { numbersOf } from "../npy/dtype.ts";
import { readAt, withFile } from "../read-file.ts";
import { openRegular } from "../regular-file.ts";
import { type AviFrames, type AviVideo, aviFrames, lastStored } from "./avi-frames.ts";
import { FileWindow } from "./file-window.ts";
import { frameByFrame, framePart } from "./frame-by-frame.ts";
import type { ReadMovieOptions } from "./options.ts";
import { positive } from "./positive.ts";
import type { Part, StoredMovie } from "./stored-movie.ts";
import { openVideo } from "./video.ts";

/** How the pixels of a frame lie. */
interface Layout {
  readonly bytes: 1 | 2;
  readonly rowBytes: number;
}

const ONE_BYTE = ["GREY", "Y800", "Y8  "];
const TWO_BYTES = ["Y16 "];

/** Codecs that keep no frame as it was: motion JPEG, and MPEG-4 by its names in AVI. */
const LOSSY = /^(MJPG|XVID|DIVX|DX50|FMP4|MP4V|H264|X264|AVC1)$/i;

const framesIn = (path: string): Promise<AviFrames> =>
  withFile(path, (file, size) =>
    withFsErrors(path, async () => {
      const bad = (problem: string) => new InteropError("malformed", `${path} ${problem}.`);
      return aviFrames(new FileWindow(file.fd, size, path), bad);
    }),
  );

/** The movie, or null where it is compressed or has colours. */
function rawMovie(path: string, found: AviFrames): StoredMovie | null {
  const { video, at } = found;
  const layout = layoutOf(video);
  if (!layout) return null;
  return {
    place: path,
    ...frameByFrame([at.length, video.height, video.width], (range) =>
      partsOf(path, found, layout, range),
    ),
    type: layout.bytes === 1 ? "uint8" : "uint16",
    fps: positive(video.fps),
    isStream: true,
  };
}

function layoutOf({ fourcc, width, bits, greys }: AviVideo): Layout | null {
  if (ONE_BYTE.includes(fourcc)) return { bytes: 1, rowBytes: width };
  if (TWO_BYTES.includes(fourcc)) return { bytes: 2, rowBytes: 2 * width };
  // Rows of a bitmap are padded to 4 bytes.
  const isGrey = fourcc === "DIB " && bits === 8 && greys !== null;
  return isGrey ? { bytes: 1, rowBytes: Math.ceil(width / 4) * 4 } : null;
}

async function* partsOf(
  path: string,
  { video, at, lengths }: AviFrames,
  { bytes, rowBytes }: Layout,
  { start, end }: FrameRange,
): AsyncGenerator<Part> {
  const { height, isBottomUp, greys, fourcc } = video;
  const needed = height * rowBytes;
  const row = rowBytes / bytes;
  const { file } = await openRegular(path);
  try {
    for (let frame = start; frame < end; frame++) {
      const stored = lastStored(lengths, frame);
      if (stored < 0 || lengths[stored]! < needed) {
        throw new InteropError(
          "malformed",
          `${path}: frame ${frame} has ${lengths[frame]} bytes instead of ${needed}.`,
        );
      }
      const raw = await readAt(file, path, at[stored]!, needed);
      if (fourcc === "DIB ") for (let i = 0; i < needed; i++) raw[i] = greys![raw[i]!]!;
      const pixels = numbersOf(bytes === 1 ? "|u1" : "<u2", raw);
      yield {
        ...framePart(frame, video, pixels),
        stride: [0, isBottomUp ? -row : row, 1],
        first: isBottomUp ? (height - 1) * row : 0,
      };
    }
  } finally {
    await file.close();
  }
}

/** By ffmpeg where it is compressed. @throws InteropError "malformed", and as `openVideo`. */
export async function openAviMovie(path: string, options: ReadMovieOptions): Promise<StoredMovie> {
  const found = await framesIn(path);
  const isLossy = LOSSY.test(found.video.fourcc.trim());
  return (
    rawMovie(path, found) ?? {
      ...(await openVideo(path, options, found)),
      ...(isLossy && { isLossy }),
    }
  );
}
