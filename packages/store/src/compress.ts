// Bytes to a Zstandard frame, by whichever of three encoders suits them: a property of the bytes, not of the format.
import type { Allocate } from "./allocate.ts";
import { encodeLiterals } from "./literals.ts";
import { decodeRaw, encodeRaw } from "./raw.ts";

/** As the metadata names it. A hint to writers; a reader has no use for it. */
export const ZSTD_LEVEL = 1;

// libzstd takes a moment to load, and a worker that writes the counts of a sensor never needs it.
const loading = async () =>
  (await import("numcodecs/zstd")).default.fromConfig({ id: "zstd", level: ZSTD_LEVEL });
let loaded: ReturnType<typeof loading> | undefined;
function libzstd() {
  loaded ??= loading();
  return loaded;
}

// Coding literals takes a fifth of the time in which a frame is made. That is worth a third of the disk (counts of more than
// 8 bits), not the quarter that it would save in the shot noise of 8-bit counts; where it saves less, nothing else saves much.
const WORTH_CODING = 2 / 3;
// Searching for matches takes several times as long: it is worth that where it saves a tenth more (zeros, masks).
const WORTH_SEARCHING = 0.9;
// Four places of a chunk tell one from the other; below their sum, all of it is tried.
const PLACES = 4;
const PLACE_BYTES = 16 * 1024;

/** A frame of `decoded` and `trailer` free bytes behind it. */
export async function compress(
  decoded: Uint8Array,
  trailer: number,
  allocate: Allocate,
): Promise<Uint8Array> {
  const sample = sampleOf(decoded);
  const coded = encodeLiterals(sample).length;
  if (coded > WORTH_CODING * sample.length) return encodeRaw(decoded, trailer, allocate);
  const zstd = await libzstd();
  const searched = await zstd.encode(sample);
  if (searched.length > WORTH_SEARCHING * coded) return encodeLiterals(decoded, trailer, allocate);
  const frame = sample === decoded ? searched : await zstd.encode(decoded);
  const whole = allocate(frame.length + trailer);
  whole.set(frame);
  return whole;
}

/** @throws Error when the bytes are no frame. */
export const decompress = async (frame: Uint8Array): Promise<Uint8Array> =>
  decodeRaw(frame) ?? (await libzstd()).decode(frame);

function sampleOf(decoded: Uint8Array): Uint8Array {
  if (decoded.length <= PLACES * PLACE_BYTES) return decoded;
  const sample = new Uint8Array(PLACES * PLACE_BYTES);
  const apart = Math.floor((decoded.length - PLACE_BYTES) / (PLACES - 1));
  for (let place = 0; place < PLACES; place++) {
    const from = place * apart;
    sample.set(decoded.subarray(from, from + PLACE_BYTES), place * PLACE_BYTES);
  }
  return sample;
}
