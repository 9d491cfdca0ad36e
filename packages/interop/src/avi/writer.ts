// Writes an uncompressed AVI file frame by frame: one RIFF of less than 1 GB after another, each with its index (OpenDML), so
// that readers of 32-bit files read the first, and all others all of them.
import { InteropError } from "../error.ts";
import type { Sink } from "../sink.ts";
import { bytes, chunk, u16, u32, u64 } from "./chunks.ts";
import { type FourCc, frameLayout, layOut } from "./frame-layout.ts";
import { type AviHeader, aviHeader, FRAME_CODE, MOST_SEGMENTS, type Segment } from "./header.ts";

/** A RIFF may not be longer: below the 1 GB that some readers end at. */
const SEGMENT_BYTES = 1_000_000_000;
const KEY_FRAME = 0x10;

export interface AviOptions {
  readonly height: number;
  readonly width: number;
  readonly fps: number;
  readonly fourcc: FourCc;
  readonly segmentBytes?: number;
}

interface OpenSegment {
  readonly riffAt: number;
  readonly listAt: number;
  /** Where each frame's pixels begin. */
  readonly frames: number[];
}

export class AviWriter {
  readonly #sink: Sink;
  readonly #options: AviOptions;
  readonly #header: Omit<AviHeader, "frames" | "segments">;
  readonly #segments: Segment[] = [];
  #segment: OpenSegment | undefined;
  #frames = 0;

  constructor(sink: Sink, options: AviOptions) {
    this.#sink = sink;
    this.#options = options;
    const { fourcc, height, width, fps } = options;
    this.#header = { layout: frameLayout(fourcc, height, width), fps };
  }

  /** Appends a row-major frame of 8-bit greys. */
  async append(frame: Uint8Array): Promise<void> {
    const { layout } = this.#header;
    const segment = await this.#segmentFor(layout.frameBytes);
    await this.#sink.append(bytes(FRAME_CODE, u32(layout.frameBytes)));
    segment.frames.push(this.#sink.length);
    await this.#sink.append(layOut(frame, layout));
    // Chunks begin at even bytes.
    if (layout.frameBytes % 2 === 1) await this.#sink.append(new Uint8Array(1));
    this.#frames += 1;
  }

  /** Writes what is known only now. The sink is left open. */
  async finish(): Promise<void> {
    if (this.#segment) await this.#endSegment(this.#segment);
    const header = aviHeader({ ...this.#header, frames: this.#frames, segments: this.#segments });
    // Its length was set when the first segment ended.
    await this.#sink.patch(header.subarray(8), 8);
  }

  async #segmentFor(frameBytes: number): Promise<OpenSegment> {
    const { segmentBytes = SEGMENT_BYTES } = this.#options;
    const open = this.#segment;
    if (open) {
      // Per frame: header and padding, entries in both indexes.
      const overhead = 9 + 24 * (open.frames.length + 1) + 64;
      if (this.#sink.length - open.riffAt + frameBytes + overhead <= segmentBytes) return open;
      await this.#endSegment(open);
    }
    if (this.#segments.length === MOST_SEGMENTS) {
      throw new InteropError(
        "unsupported",
        "The movie is larger than an AVI file can index, 256 GB.",
      );
    }
    const riffAt = this.#sink.length;
    const first = this.#segments.length === 0;
    await this.#sink.append(
      first
        ? aviHeader({ ...this.#header, frames: 0, segments: [] })
        : bytes("RIFF", u32(0), "AVIX"),
    );
    const listAt = this.#sink.length;
    await this.#sink.append(bytes("LIST", u32(0), "movi"));
    this.#segment = { riffAt, listAt, frames: [] };
    return this.#segment;
  }

  async #endSegment({ riffAt, listAt, frames }: OpenSegment): Promise<void> {
    const sink = this.#sink;
    const { frameBytes } = this.#header.layout;
    const indexAt = sink.length;
    const index = chunk(
      "ix00",
      ...[u16(2), u16(0x0100), u32(frames.length), FRAME_CODE, u64(listAt), u32(0)],
      ...frames.flatMap((at) => [u32(at - listAt), u32(frameBytes)]),
    );
    await sink.append(index);
    const listEnd = sink.length;
    // The index of AVI 1.0, of frames' headers from "movi".
    if (this.#segments.length === 0) {
      const entries = frames.flatMap((at) => [
        FRAME_CODE,
        ...[KEY_FRAME, at - 8 - (listAt + 8), frameBytes].map(u32),
      ]);
      await sink.append(chunk("idx1", ...entries));
    }
    await sink.patch(bytes(u32(listEnd - listAt - 8)), listAt + 4);
    await sink.patch(bytes(u32(sink.length - riffAt - 8)), riffAt + 4);
    this.#segments.push({ indexAt, indexBytes: index.length, frames: frames.length });
    this.#segment = undefined;
  }
}
