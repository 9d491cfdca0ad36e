// Reads movies, as far as their files tell what they are: frames in order, their rate and the size of a pixel.
import { checkedRange, type FrameRange, type MovieBlock } from "@minisim/recording";
import type { Container } from "@minisim/spec";
import { InteropError } from "../error.ts";
import { bytesAt } from "../read-file.ts";
import { kindAt } from "../regular-file.ts";
import { axesOf } from "./axes.ts";
import { containerOf, framesOf } from "./frames.ts";
import { openers, READABLE } from "./openers.ts";
import type { ReadMovieOptions } from "./options.ts";
import type { StoredMovie } from "./stored-movie.ts";

export interface MovieFile {
  readonly shape: readonly [n_frames: number, height: number, width: number];
  /** What frames come in: as they are stored where that is uint8 or uint16, else float32. */
  readonly container: Container;
  /** Whether the file's type holds whole numbers only. */
  readonly whole_numbers: boolean;
  /** Whether the file is known to keep its frames with losses, as JPEG does. */
  readonly is_lossy?: boolean;
  /** Frames per second, where the file tells. */
  readonly fps?: number;
  /** Side of a pixel in the tissue, where the file tells. */
  readonly pixel_size_um?: number;
  /** Frames in order, all of them or of a range. A block is valid until the next one is asked for. */
  frames(range?: FrameRange): AsyncIterable<MovieBlock>;
}

const HEAD_BYTES = 64;
/** A frame of more is taken for damage: 1 GiB of floats. */
const MOST_PIXELS = 2 ** 28;

/**
 * The movie at a path; its frames are read when they are asked for.
 * @throws InteropError "missing"; "unsupported" for what is no movie that is read; "malformed" for a broken file; "settings".
 */
export async function readMovie(path: string, options: ReadMovieOptions = {}): Promise<MovieFile> {
  const stored = await openMovie(path, options);
  const axes = axesOf(stored, options.axes);
  const [frames, height, width] = [axes.time, axes.row, axes.column].map(
    (at) => stored.shape[at]!,
  ) as [number, number, number];
  if (!(frames * height * width > 0)) {
    throw new InteropError(
      "malformed",
      `${stored.place} holds no pixels (${stored.shape.join(" × ")}).`,
    );
  }
  if (height * width > MOST_PIXELS) {
    const problem = `claims frames of ${height} × ${width} px, more than are read`;
    throw new InteropError("malformed", `${stored.place} ${problem}.`);
  }
  const { fps, pixel_size_um, type, isLossy } = stored;
  return {
    shape: [frames, height, width],
    container: containerOf(stored),
    whole_numbers: !type.startsWith("float"),
    ...(isLossy && { is_lossy: true }),
    ...(fps !== undefined && { fps }),
    ...(pixel_size_um !== undefined && { pixel_size_um }),
    frames: (range) => framesOf(stored, axes, checkedRange(range, frames)),
  };
}

async function openMovie(path: string, options: ReadMovieOptions): Promise<StoredMovie> {
  const kind = await kindAt(path);
  if (kind === null) throw new InteropError("missing", `There is nothing at ${path}.`);
  const head = kind === "file" ? await bytesAt(path, 0, HEAD_BYTES) : null;
  for (const opener of openers) {
    const open = await opener(path, head);
    if (open) return open(options);
  }
  throw new InteropError("unsupported", `${path} is no movie that is read: ${READABLE}.`);
}
