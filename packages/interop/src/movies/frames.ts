// Blocks of frames from the parts of a stored movie: frame × height × width whatever the order of its axes.
import type { FrameRange, MovieBlock } from "@minisim/recording";
import type { Container } from "@minisim/spec";
import type { MovieAxes } from "./axes.ts";
import type { Part, StoredMovie } from "./stored-movie.ts";

/** Values of a block where frames can be read one by one: 16 MB of floats. */
const BLOCK_VALUES = 1 << 22;
/** Values of a block of frames that lie among each other, so that every block reads the file once more: 256 MB of floats. */
const MOST_BLOCK_VALUES = 1 << 26;

const MAKE = { uint8: Uint8Array, uint16: Uint16Array, float32: Float32Array } as const;

export const containerOf = ({ type }: StoredMovie): Container => {
  if (type === "uint8" || type === "bool") return "uint8";
  return type === "uint16" ? "uint16" : "float32";
};

/** The frames in order. A block is valid until the next one is asked for. */
export async function* framesOf(
  stored: StoredMovie,
  axes: MovieAxes,
  range: FrameRange,
): AsyncGenerator<MovieBlock> {
  const [height, width] = [stored.shape[axes.row]!, stored.shape[axes.column]!];
  const size = height * width;
  const step = blockFrames(stored.atOnce(axes.time), size, range.end - range.start);
  const Block = MAKE[containerOf(stored)];
  const block = new Block(step * size);
  const isStream = stored.isStream === true && axes.time === 0;
  const whole = isStream ? stored.parts(0, range)[Symbol.asyncIterator]() : null;
  try {
    for (let start = range.start; start < range.end; start += step) {
      const within = { start, end: Math.min(start + step, range.end) };
      const data = block.subarray(0, (within.end - start) * size);
      data.fill(0);
      const parts = whole ? nextOf(whole, within) : stored.parts(axes.time, within);
      for await (const part of parts) copyFrames(part, axes, within, [height, width], data);
      yield { ...within, data };
    }
  } finally {
    await whole?.return?.();
  }
}

/** The parts of a stream up to the end of a block; each is of one frame. */
async function* nextOf(stream: AsyncIterator<Part>, { start, end }: FrameRange) {
  for (let frame = start; frame < end; frame++) {
    const next = await stream.next();
    if (next.done) return;
    yield next.value;
  }
}

function blockFrames(atOnce: number, size: number, total: number): number {
  const values = Math.min(atOnce, total) * size;
  const frames =
    values <= BLOCK_VALUES
      ? Math.floor(BLOCK_VALUES / values) * atOnce
      : Math.min(atOnce, Math.floor(MOST_BLOCK_VALUES / size));
  return Math.max(1, Math.min(frames, total));
}

function copyFrames(
  { origin, shape, stride, first: base = 0, data }: Part,
  { time, row, column }: MovieAxes,
  { start, end }: FrameRange,
  [height, width]: readonly [number, number],
  into: MovieBlock["data"],
): void {
  const first = Math.max(start, origin[time]!);
  const last = Math.min(end, origin[time]! + shape[time]!);
  const [rows, columns] = [shape[row]!, shape[column]!];
  const step = stride[column]!;
  for (let frame = first; frame < last; frame++) {
    for (let y = 0; y < rows; y++) {
      let from = base + (frame - origin[time]!) * stride[time]! + y * stride[row]!;
      const to = ((frame - start) * height + origin[row]! + y) * width + origin[column]!;
      for (let x = 0; x < columns; x++, from += step) into[to + x] = Number(data[from]);
    }
  }
}
