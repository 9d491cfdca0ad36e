// How long a stream of Blosc's own compression, a dialect of FastLZ, becomes: told from its instructions, without unpacking it.
// https://github.com/Blosc/c-blosc

// An instruction's first byte: fewer than 32 for a run of so many bytes and one; else, in three bits, the length of a repetition, and
// in five the upper part of how far back it lies.
const REPEATS = 32;
const SHORTEST_REPEAT = 3;
/** In the three bits: more of the length follows. */
const LONG = 7;
const FAR_HIGH = 31;
const FAR = 0xff;
const NEAR_DISTANCE = 1 << 13;

/** @throws RangeError for a stream that ends within an instruction, or repeats what was not there. */
export function blosclzLength(stream: Uint8Array): number {
  let at = 0;
  let length = 0;
  const next = (): number => {
    const byte = stream[at];
    at += 1;
    if (byte === undefined) throw new RangeError("The stream ends within an instruction.");
    return byte;
  };
  while (at < stream.length) {
    // The first is always a run.
    const instruction = at === 0 ? next() % REPEATS : next();
    if (instruction < REPEATS) {
      at += instruction + 1;
      length += instruction + 1;
      if (at > stream.length) throw new RangeError("The stream ends within a run.");
      continue;
    }
    const high = instruction % REPEATS;
    let repeated = Math.floor(instruction / REPEATS) - 1 + SHORTEST_REPEAT;
    if (instruction >= LONG * REPEATS) {
      for (let more = 0xff; more === 0xff; repeated += more) more = next();
    }
    const low = next();
    const isFar = low === FAR && high === FAR_HIGH;
    const distance = isFar ? NEAR_DISTANCE + 256 * next() + next() : 256 * high + low + 1;
    if (distance > length) throw new RangeError("The stream repeats what was not there.");
    length += repeated;
  }
  return length;
}
