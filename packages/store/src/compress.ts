// Bytes to a Zstandard frame, by whichever of two encoders suits them: a property of the bytes, not of the format.
import Zstd from "numcodecs/zstd";
import { encodeLiterals } from "./literals.ts";

/** As the metadata names it. A hint to writers; a reader has no use for it. */
export const ZSTD_LEVEL = 1;
const zstd = Zstd.fromConfig({ id: "zstd", level: ZSTD_LEVEL });

// Searching for matches takes several times as long: it is worth that where it saves a tenth (zeros, masks, smooth
// fields), and not in shot noise, where it saves nothing.
const WORTHWHILE = 0.9;
// Four places of a chunk tell one from the other; below their sum, all of it is tried.
const PLACES = 4;
const PLACE_BYTES = 16 * 1024;

/** A frame of `decoded` and `trailer` free bytes behind it. */
export async function compress(decoded: Uint8Array, trailer: number): Promise<Uint8Array> {
  const sample = sampleOf(decoded);
  const searched = await zstd.encode(sample);
  const plain = encodeLiterals(sample).length;
  if (searched.length >= WORTHWHILE * plain) return encodeLiterals(decoded, trailer);
  const frame = sample === decoded ? searched : await zstd.encode(decoded);
  const whole = new Uint8Array(frame.length + trailer);
  whole.set(frame);
  return whole;
}

/** @throws Error when the bytes are no frame. */
export const decompress = async (frame: Uint8Array): Promise<Uint8Array> => zstd.decode(frame);

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
