// Frames on a pipe: a mark, two lengths, a header of JSON, and the bytes of arrays.
import { ByteQueue } from "./byte-queue.ts";
import { ProtocolError } from "./protocol-error.ts";

export interface Frame {
  /** Of the JSON, which is an object. */
  readonly header: Readonly<Record<string, unknown>>;
  readonly body: Uint8Array;
}

/** "MSIM": what is no frame is told from one by its first four bytes. */
const MARK = Uint8Array.from([0x4d, 0x53, 0x49, 0x4d]);
/** The mark, the header's length as uint32, the body's as uint64, little endian. */
const PRELUDE_BYTES = 16;
/** More is taken for damage: a spec with lists of its own has some megabytes. */
const MOST_HEADER_BYTES = 2 ** 28;
/** More than an array of bytes holds in any engine that is supported. */
const MOST_BODY_BYTES = 2 ** 32;

/** The pieces of a frame, in order. */
export function frameOf(header: object, body: readonly Uint8Array[]): Uint8Array[] {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const prelude = new Uint8Array(PRELUDE_BYTES);
  const view = new DataView(prelude.buffer);
  prelude.set(MARK);
  view.setUint32(4, json.length, true);
  view.setBigUint64(8, BigInt(body.reduce((sum, { length }) => sum + length, 0)), true);
  return [prelude, json, ...body];
}

/** The frames in a stream of bytes, until it ends. @throws ProtocolError for what is no frame, and for a stream that ends within one. */
export async function* framesIn(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  const queue = new ByteQueue(chunks);
  for (;;) {
    const prelude = await queue.take(PRELUDE_BYTES);
    if (prelude.length === 0) return;
    const { headerBytes, bodyBytes } = lengthsOf(prelude);
    const header = await queue.take(headerBytes);
    const body = await queue.take(bodyBytes);
    if (header.length < headerBytes || body.length < bodyBytes) throw endsWithin();
    yield { header: headerOf(header), body };
  }
}

function lengthsOf(prelude: Uint8Array): { headerBytes: number; bodyBytes: number } {
  const length = Math.min(prelude.length, MARK.length);
  if (MARK.subarray(0, length).some((byte, i) => byte !== prelude[i])) {
    throw new ProtocolError("a frame must begin with the four bytes MSIM.");
  }
  if (prelude.length < PRELUDE_BYTES) throw endsWithin();
  const view = new DataView(prelude.buffer, prelude.byteOffset, prelude.length);
  const headerBytes = view.getUint32(4, true);
  const bodyBytes = Number(view.getBigUint64(8, true));
  if (headerBytes > MOST_HEADER_BYTES || bodyBytes > MOST_BODY_BYTES) {
    throw new ProtocolError(
      `a frame claims a header of ${headerBytes} bytes and arrays of ${bodyBytes}; ${MOST_HEADER_BYTES} and ${MOST_BODY_BYTES} are the most.`,
    );
  }
  return { headerBytes, bodyBytes };
}

function headerOf(bytes: Uint8Array): Frame["header"] {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new ProtocolError("the header of a frame is not JSON in UTF-8.");
  }
  if (typeof header === "object" && header !== null && !Array.isArray(header)) {
    return header as Frame["header"];
  }
  throw new ProtocolError("the header of a frame must be an object.");
}

const endsWithin = () => new ProtocolError("the stream ends within a frame.");
