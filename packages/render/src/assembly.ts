// What is delivered of rendered frames: which of them are needed, and where their rows go.
import { sin } from "@minisim/kernels/math";
import type { Assemble, FrameProgram, Shape, Stripes } from "@minisim/pipeline/rendering";
import type { FrameBlock, View } from "./frame-block.ts";
import type { FrameData, RenderedProgram } from "./machine.ts";

/**
 * Frames to be rendered for those that are delivered. Where stages on the way are looked at, first come the frames that are delivered by their
 * number, which these show, then others whose rows are delivered in their places.
 */
export interface Takes {
  readonly frames: Int32Array;
  /** The place among those delivered whose rows [from, to) the frame fills. */
  readonly place: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** The part of a program that frames are rendered by. */
export const rendered = (program: FrameProgram): RenderedProgram => ({
  ...program,
  instructions: program.instructions.filter((instruction) => instruction.verb !== "assemble"),
});

export class Assembly {
  readonly #instruction: Assemble | null;
  readonly #end: number;
  readonly #fov: Shape;
  /** Of counts; null for light. */
  readonly #max_count: number | null;

  constructor(program: FrameProgram) {
    const sensor = program.instructions.find(({ verb }) => verb === "digitize");
    const final = program.instructions.at(-1);
    this.#instruction = final?.verb === "assemble" ? final : null;
    this.#end = program.instructions.length;
    this.#fov = program.geometry.fov;
    this.#max_count = sensor?.verb === "digitize" ? sensor.exposure.max_count : null;
  }

  /** Whether what is looked at is other than what is rendered. */
  isIn({ last }: View): boolean {
    return this.#instruction !== null && last.end === this.#end;
  }

  takes(delivered: Int32Array, { taps }: View): Takes {
    const { upper, lower, tear } = this.#instruction!;
    const own: number[][] = [];
    const others: number[][] = [];
    for (const [place, t] of delivered.entries()) {
      const pieces = [
        [upper[t]!, place, 0, tear[t]!],
        [lower[t]!, place, tear[t]!, this.#fov.height],
      ].filter(([frame, , from, to]) => frame! >= 0 && to! > from!);
      const mine = pieces.find(([frame]) => frame === t);
      own.push(mine ?? [t, place, 0, 0]);
      others.push(...pieces.filter((piece) => piece !== mine));
    }
    const all = [...own, ...others].filter(
      ([, , from, to], i) => taps.length > 0 || i === 0 || to! > from!,
    );
    const column = (i: number) => Int32Array.from(all, (take) => take[i]!);
    return { frames: column(0), place: column(1), from: column(2), to: column(3) };
  }

  /** Copies a block of rendered frames, those of takes from `start` on, to where they are delivered; what is nobody's is black before. */
  put({ place, from, to }: Takes, start: number, block: FrameBlock, delivered: FrameBlock): void {
    const { height, width } = this.#fov;
    const pixels = height * width;
    for (const f of block.frames.keys()) {
      const take = start + f;
      const [first, last] = [from[take]! * width, to[take]! * width];
      const rows = block.data.subarray(f * pixels + first, f * pixels + last);
      delivered.data.set(rows, place[take]! * pixels + first);
      if (take >= delivered.frames.length) continue;
      for (const [name, data] of block.taps) {
        const size = data.length / block.frames.length;
        delivered.taps.get(name)!.set(data.subarray(f * size, (f + 1) * size), take * size);
      }
    }
  }

  /** What is done to delivered frames once all their rows are there. */
  finish({ frames, data, taps }: FrameBlock, view: View): void {
    const { stripes } = this.#instruction!;
    const pixels = this.#fov.height * this.#fov.width;
    for (const [place, t] of frames.entries()) {
      if (!stripes || stripes.amplitude[t] === 0) continue;
      this.#stripe(data.subarray(place * pixels, (place + 1) * pixels), stripes, t);
    }
    // Stages that are kept may be those that are delivered.
    for (const { name, end } of view.taps) if (end === this.#end) taps.get(name)!.set(data);
  }

  #stripe(frame: FrameData, { amplitude, phase, period_px }: Stripes, t: number): void {
    const { height, width } = this.#fov;
    const most = this.#max_count;
    const size = amplitude[t]! * meanOf(frame);
    for (let row = 0; row < height; row++) {
      const cycles = row / period_px + phase[t]!;
      const added = size * sin(2 * Math.PI * (cycles - Math.floor(cycles)));
      for (let i = row * width; i < (row + 1) * width; i++) {
        const value = frame[i]! + added;
        frame[i] = most === null ? value : Math.min(Math.max(Math.round(value), 0), most);
      }
    }
  }
}

function meanOf(frame: FrameData): number {
  let sum = 0;
  for (let i = 0; i < frame.length; i++) sum += frame[i]!;
  return sum / frame.length;
}

/** Black frames, and dark frames of the stages on the way, for those delivered; `like` is a block of rendered ones. */
export function roomFor(frames: Int32Array, like: FrameBlock): FrameBlock {
  const room = <Data extends FrameData>(data: Data): Data => {
    const size = (data.length / like.frames.length) * frames.length;
    return new (data.constructor as new (size: number) => Data)(size);
  };
  const taps = [...like.taps].map(([name, data]) => [name, room(data)] as const);
  return { frames, data: room(like.data), taps: new Map(taps) };
}
