// Unpacks LZW as TIFF has it: codes of 9 to 12 bits, the highest bit first. TIFF Revision 6.0, section 13.

const [CLEAR, END, FIRST] = [256, 257, 258] as const;
const LEAST_BITS = 9;
const MOST_BITS = 12;

/** At most `most` bytes. @throws RangeError for a code that means nothing. */
export function unpackLzw(packed: Uint8Array, most: number): Uint8Array {
  const bytes = new Uint8Array(most);
  // A string of the table is where it stood in the output, and one byte more.
  const at = new Uint32Array(1 << MOST_BITS);
  const lengths = new Uint32Array(1 << MOST_BITS);
  let [filled, next, width, last, lastLength] = [0, FIRST as number, LEAST_BITS, 0, 0];
  let [held, bits] = [0, 0];
  for (const byte of packed) {
    held = (held << 8) | byte;
    bits += 8;
    if (bits < width) continue;
    bits -= width;
    const code = held >>> bits;
    held &= (1 << bits) - 1;
    if (code === END || filled === most) break;
    if (code === CLEAR) {
      [next, width, lastLength] = [FIRST, LEAST_BITS, 0];
      continue;
    }
    if (lastLength > 0 && next < at.length) {
      at[next] = last;
      lengths[next] = lastLength + 1;
      next += 1;
      // One early, as all writers do.
      if (next + 1 === 1 << width && width < MOST_BITS) width += 1;
    }
    if (code >= next) throw new RangeError("The code is not in the table.");
    [last, lastLength] = [filled, code < CLEAR ? 1 : lengths[code]!];
    if (code < CLEAR) bytes[filled] = code;
    // Byte by byte: the string may end in what is being written.
    else for (let i = 0; i < lastLength; i++) bytes[filled + i] = bytes[at[code]! + i]!;
    filled = Math.min(most, filled + lastLength);
  }
  return bytes.subarray(0, filled);
}
