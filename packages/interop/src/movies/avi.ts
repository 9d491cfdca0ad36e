// A movie that is an uncompressed AVI file of greys: bytes (GREY, Y800, Y8, bitmaps with a grey palette), or words of 16 bits (Y16).
import type { FrameRange } from "@minisim/recording";
import { InteropError } from "../error.ts";
import { withFsErrors } from "../fs-error.ts";
import { numbersOf } from "../npy/dtype.ts";
import { readAt, withFile } from "../read-file.ts";
import { openRegular } from "../regular-file.ts";
import { type AviFrames, type AviVideo, aviFrames } from "./avi-frames.ts";
import { FileWindow } from "./file-window.ts";
import type { ReadMovieOptions } from "./options.ts";
import type { Part, StoredMovie } from "./stored-movie.ts";
import { openVideo } from "./video.ts";

/** How the pixels of a frame lie. */
interface Layout {
  readonly bytes: 1 | 2;
  readonly rowBytes: number;
}

const ONE_BYTE = ["GREY", "Y800", "Y8  "];
const TWO_BYTES = ["Y16 "];

/** The movie, or null where it is compressed or has colours. @throws InteropError "malformed". */
async function openRawAvi(path: string): Promise<StoredMovie | null> {
  const found = await withFile(path, (file, size) =>
    withFsErrors(path, async () => {
      const bad = (problem: string) => new InteropError("malformed", `${path} ${problem}.`);
      return aviFrames(new FileWindow(file.fd, size, path), bad);
    }),
  );
  const { video, at } = found;
  const layout = layoutOf(video);
  if (!layout) return null;
  const shape = [at.length, video.height, video.width];
  return {
    place: path,
    shape,
    type: layout.bytes === 1 ? "uint8" : "uint16",
    fps: video.fps > 0 && video.fps < Number.POSITIVE_INFINITY ? video.fps : undefined,
    isStream: true,
    atOnce: (axis) => (axis === 0 ? 1 : shape[axis]!),
    parts: (axis, range) =>
      partsOf(path, found, layout, axis === 0 ? range : { start: 0, end: at.length }),
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
  const { height, width, isBottomUp, greys, fourcc } = video;
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
        origin: [frame, 0, 0],
        shape: [1, height, width],
        stride: [0, isBottomUp ? -row : row, 1],
        first: isBottomUp ? (height - 1) * row : 0,
        data: pixels,
      };
    }
  } finally {
    await file.close();
  }
}

/** A chunk without bytes repeats the frame before it. */
function lastStored(lengths: readonly number[], frame: number): number {
  let stored = frame;
  while (stored >= 0 && lengths[stored] === 0) stored -= 1;
  return stored;
}

/** By ffmpeg where it is compressed. @throws InteropError "malformed", and as `openVideo`. */
export const openAviMovie = async (path: string, options: ReadMovieOptions): Promise<StoredMovie> =>
  (await openRawAvi(path)) ?? (await openVideo(path, options));
