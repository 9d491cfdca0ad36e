// Operations of a pickle that push a value which stands in the stream itself: numbers, texts, bytes, None.
import type { InteropError } from "../error.ts";

/** Where a literal is read from. */
export interface Stream {
  take(length: number): Uint8Array;
  uint(width: 1 | 2 | 4 | 8): number;
  bad(problem: string): InteropError;
}

/** Nothing of suite2p's is larger; the time to read one grows with the square of its length. */
const MOST_INTEGER_BYTES = 1024;

export const latin1 = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);
const utf8 = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** By the code of the operation. */
export const LITERALS: Readonly<Record<string, (stream: Stream) => unknown>> = {
  N: () => null,
  "\x88": () => true,
  "\x89": () => false,
  K: ({ uint }) => uint(1),
  M: ({ uint }) => uint(2),
  J: ({ uint }) => uint(4) | 0,
  "\x8a": ({ uint, take }) => longOf(take(uint(1))),
  "\x8b": ({ uint, take, bad }) => {
    const length = uint(4);
    if (length > MOST_INTEGER_BYTES) throw bad(`holds a whole number of ${length} bytes`);
    return longOf(take(length));
  },
  G: ({ take }) => doubleOf(take(8)),
  U: ({ uint, take }) => latin1(take(uint(1))),
  T: ({ uint, take }) => latin1(take(uint(4))),
  X: ({ uint, take }) => utf8(take(uint(4))),
  "\x8c": ({ uint, take }) => utf8(take(uint(1))),
  "\x8d": ({ uint, take }) => utf8(take(uint(8))),
  B: ({ uint, take }) => take(uint(4)),
  C: ({ uint, take }) => take(uint(1)),
  "\x8e": ({ uint, take }) => take(uint(8)),
  "\x96": ({ uint, take }) => take(uint(8)),
};

/** Two's complement of any width; as a float where it is too large to be exact. */
function longOf(bytes: Uint8Array): number {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!);
  return Number(BigInt.asIntN(Math.max(1, 8 * bytes.length), value));
}

const doubleOf = (bytes: Uint8Array): number =>
  new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0);
