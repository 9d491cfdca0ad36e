// Blosc as zarrita shall decode it: the decoder trusts the sizes in a chunk's header, so they are checked first.
import { registry } from "zarrita";

/** Bytes of a chunk's header: flags, then three 32-bit sizes. https://www.blosc.org/c-blosc/c-blosc.html */
const HEADER_BYTES = 16;
const DECODED_AT = 4;
const ENCODED_AT = 12;
const MOST_DECODED_BYTES = 2 ** 30;

interface Codec {
  encode(bytes: Uint8Array): unknown;
  decode(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

async function checkedBlosc() {
  const { default: Blosc } = await import("numcodecs/blosc");
  return {
    fromConfig(configuration: Parameters<typeof Blosc.fromConfig>[0]) {
      const codec = Blosc.fromConfig(configuration) as Codec;
      return {
        kind: "bytes_to_bytes",
        encode: (bytes: Uint8Array) => codec.encode(bytes),
        decode: async (bytes: Uint8Array) => {
          check(bytes);
          return codec.decode(bytes);
        },
      };
    },
  };
}

function check(bytes: Uint8Array): void {
  if (bytes.length < HEADER_BYTES) throw new RangeError("The chunk ends within its header.");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const encoded = view.getUint32(ENCODED_AT, true);
  if (encoded !== bytes.length) {
    throw new RangeError(`The chunk has ${bytes.length} bytes and claims ${encoded}.`);
  }
  const decoded = view.getUint32(DECODED_AT, true);
  if (decoded > MOST_DECODED_BYTES) throw new RangeError(`The chunk claims ${decoded} bytes.`);
}

/** Has zarrita check Blosc chunks from now on. */
export function useCheckedBlosc(): void {
  const load = checkedBlosc as unknown as NonNullable<ReturnType<typeof registry.get>>;
  for (const name of ["blosc", "numcodecs.blosc"]) registry.set(name, load);
}
