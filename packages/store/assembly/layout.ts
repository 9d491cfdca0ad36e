// Where things lie in the memory of this module. JavaScript writes to INPUT and reads from OUTPUT. All addresses are
// constants below the compiler's own data, so that they become the offsets of loads and stores.

/** Bytes of one block of the frame, each with a code of its own: shorter, the codes fit better; longer, they cost less. */
export const BLOCK: i32 = 64 * 1024;
/** Bytes that one call takes. */
export const SEGMENT: i32 = 16 * BLOCK;

/** The format's limit on the length of a code word, in bits. */
export const MAX_BITS: i32 = 11;

/** u32 × 256 × 4: four histograms that are added up into the first. */
export const COUNTS: usize = 1024;
/** u32 × 256: the code word of each byte value, left of 5 bits for its length. */
export const CODES: usize = COUNTS + 4096;
/** u8 × 256: the length of each byte value's code word, 0 where the value does not occur. */
export const LENGTHS: usize = CODES + 1024;
/** u8 × 256: the byte values, kept from block to block in nearly the order of their counts. */
export const ORDER: usize = LENGTHS + 256;
/** Of the code lengths: two lists of u32 × 512, and u8 × 512 for each of MAX_BITS levels. */
export const MERGE: usize = ORDER + 256;
/** Of the tree's description. */
export const TREE: usize = MERGE + 4096 + 512 * 11;
/** u32 × 256 × 16 */
export const CRC_TABLES: usize = TREE + 256;
/** u32 × 256 × 256: the words of two neighbouring bytes, left of 5 bits for their length; the second byte's row. */
export const PAIRS: usize = (CRC_TABLES + 16384 + 63) & ~63;

/** The compiler's own data begins here (`memoryBase` of scripts/compile.mjs), a few hundred bytes of it. */
const DATA: usize = 512 * 1024;
/** Zeros before INPUT that the division of a message reads. */
export const VECTOR_REACH: i32 = 16 * 209;
export const INPUT: usize = DATA + 4096 + <usize>VECTOR_REACH;
export const OUTPUT: usize = INPUT + <usize>SEGMENT + 64;
/** A block never grows beyond MAX_BITS a byte before it is given up and stored as it is. */
const END: usize = OUTPUT + <usize>(SEGMENT + BLOCK) + 1024;

export function reserve(): void {
  const pages = <i32>((END + 65535) >> 16);
  const missing = pages - memory.size();
  if (missing > 0) memory.grow(missing);
}
