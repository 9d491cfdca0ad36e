// Bytes → text. Specs are UTF-8; what else editors and shells save is called by its name.
import { type Position, positionIn, SpecTextError, START } from "./text-error.ts";
import { MOST_TEXT_BYTES, tooLarge } from "./text-size.ts";

/**
 * The text of a file that holds a spec or a sweep.
 * @param name how messages call the file
 * @throws SpecTextError that names the encoding of what is not UTF-8, or says that it is no text, or too much of it
 */
export function decodeSpecText(bytes: Uint8Array, { name }: { readonly name: string }): string {
  if (bytes.length > MOST_TEXT_BYTES) throw tooLarge(name);
  const refuse = (position: Position, sentence: string): never => {
    throw new SpecTextError(name, position, sentence, "encoding");
  };
  const encoding = otherUnicode(bytes);
  if (encoding) refuse(START, `this is ${encoding}; save it as UTF-8.`);
  const end = bytes.indexOf(0);
  if (end >= 0) {
    refuse(START, `this is binary data (byte ${end} is 0), not a text.`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const at = firstInvalid(bytes);
    const byte = bytes[at]!.toString(16).toUpperCase().padStart(2, "0");
    const before = new TextDecoder().decode(bytes.subarray(0, at));
    return refuse(
      positionIn(before, before.length),
      `this is not UTF-8 (byte 0x${byte}); save it as UTF-8.`,
    );
  }
}

// By the mark at the beginning, longest first: that of UTF-32 begins like that of UTF-16.
const MARKS: readonly (readonly [encoding: string, mark: readonly number[]])[] = [
  ["UTF-32 (little-endian)", [0xff, 0xfe, 0, 0]],
  ["UTF-32 (big-endian)", [0, 0, 0xfe, 0xff]],
  ["UTF-16 (little-endian)", [0xff, 0xfe]],
  ["UTF-16 (big-endian)", [0xfe, 0xff]],
];

// By the zeros of the first letters, which in a spec are ASCII: of four bytes, those that are 0.
const ZEROS: readonly (readonly [encoding: string, zeros: string])[] = [
  ["UTF-32 (little-endian)", "x000"],
  ["UTF-32 (big-endian)", "000x"],
  ["UTF-16 (little-endian)", "x0x0"],
  ["UTF-16 (big-endian)", "0x0x"],
];

function otherUnicode(bytes: Uint8Array): string | undefined {
  const marked = MARKS.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte));
  if (marked) return marked[0];
  const zeros = Array.from(bytes.subarray(0, 4), (byte) => (byte === 0 ? "0" : "x")).join("");
  return ZEROS.find(([, pattern]) => pattern === zeros)?.[0];
}

/** Where the longest beginning ends that is UTF-8, but for a letter that it may cut. */
function firstInvalid(bytes: Uint8Array): number {
  const isValid = (length: number) => {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let [valid, invalid] = [0, bytes.length];
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (isValid(middle)) valid = middle;
    else invalid = middle;
  }
  return valid;
}
