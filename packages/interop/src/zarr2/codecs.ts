// The compressions of Zarr as zarrita shall undo them: a chunk never unpacks to more than its shape holds. The decoders themselves
// trust the sizes that the bytes claim, or grow as long as the bytes go on.
import { gunzipSync, inflateSync } from "node:zlib";
import { registry } from "zarrita";
import { bloscHeader, checkBlosc } from "./blosc-streams.ts";
import { headerView } from "./header-view.ts";
import { zstdClaim } from "./zstd-frames.ts";

/** Thrown by a decoder for bytes that claim, or turn out, to be more than the chunk. */
export class TooLarge extends RangeError {}

interface Codec {
  decode(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
}
interface ChunkMetadata {
  readonly shape: readonly number[];
  readonly dataType: string;
}
type Make = (configuration: never) => Codec | Promise<Codec>;

/** What other codecs may add to the values before these are compressed: checksums, headers, what does not compress. */
const SLACK_BYTES = 1 << 16;

function most({ shape, dataType }: ChunkMetadata): number {
  const bits = Number(/(\d+)$/.exec(dataType)?.[1] ?? 8);
  const bytes = shape.reduce((items, size) => items * size, bits / 8);
  return bytes + bytes / 4 + SLACK_BYTES;
}

/** `claimed` tells how many bytes these claim to become, before they are unpacked. */
function bounded(make: Make, claimed: (bytes: Uint8Array) => number, exact: boolean) {
  return {
    fromConfig(configuration: never, metadata: ChunkMetadata) {
      const limit = most(metadata);
      return {
        kind: "bytes_to_bytes",
        async decode(bytes: Uint8Array) {
          const claim = claimed(bytes);
          if (claim > limit) throw new TooLarge(`${claim} bytes are more than ${limit}.`);
          const decoded = await (await make(configuration)).decode(bytes);
          if (exact && decoded.length !== claim) throw new RangeError("The chunk is damaged.");
          return decoded;
        },
      };
    },
  };
}

/** Node's own decoders stop at a limit. */
function inflating(inflate: typeof gunzipSync) {
  return {
    fromConfig(_: never, metadata: ChunkMetadata) {
      const maxOutputLength = Math.ceil(most(metadata));
      return {
        kind: "bytes_to_bytes",
        decode(bytes: Uint8Array): Uint8Array {
          try {
            return new Uint8Array(inflate(bytes, { maxOutputLength }));
          } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "ERR_BUFFER_TOO_LARGE") throw error;
            throw new TooLarge("The chunk does not end.", { cause: error });
          }
        },
      };
    },
  };
}

// numcodecs puts the decoded size before the block.
const LZ4_HEADER_BYTES = 4;
const lz4Claim = (bytes: Uint8Array): number =>
  headerView(bytes, LZ4_HEADER_BYTES).getUint32(0, true);

const CODECS = {
  blosc: bounded(
    async (configuration) => {
      const blosc = (await import("numcodecs/blosc")).default.fromConfig(configuration);
      return {
        async decode(bytes: Uint8Array) {
          await checkBlosc(bytes);
          return blosc.decode(bytes);
        },
      };
    },
    (bytes) => bloscHeader(bytes).decoded,
    true,
  ),
  lz4: bounded(
    async (configuration) => (await import("numcodecs/lz4")).default.fromConfig(configuration),
    lz4Claim,
    true,
  ),
  zstd: bounded(
    async (configuration) => (await import("numcodecs/zstd")).default.fromConfig(configuration),
    zstdClaim,
    false,
  ),
  gzip: inflating(gunzipSync),
  zlib: inflating(inflateSync),
};

/** Has zarrita use these from now on. */
export function useBoundedCodecs(): void {
  for (const [name, codec] of Object.entries(CODECS)) {
    const load = (async () => codec) as NonNullable<ReturnType<typeof registry.get>>;
    for (const known of [name, `numcodecs.${name}`]) registry.set(known, load);
  }
}
