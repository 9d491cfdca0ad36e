// What the readers use of yauzl, by a library that reads a ZIP where it is a Blob.
import { unzipRaw, type ZipEntry } from "unzipit";
import { blobOf } from "./disk.ts";

interface Entry {
  readonly fileName: string;
  readonly uncompressedSize: number;
  readonly compressedSize: number;
  readonly crc32: number;
  readonly entry: ZipEntry;
  canDecodeFileData(): boolean;
}

const [STORED, DEFLATED] = [0, 8];

async function fromFdPromise(fd: number) {
  const { entries } = await unzipRaw(blobOf(fd));
  return {
    async *eachEntry(): AsyncGenerator<Entry> {
      for (const entry of entries) {
        yield {
          fileName: entry.name,
          uncompressedSize: entry.size,
          compressedSize: entry.compressedSize,
          crc32: crcOf(entry),
          entry,
          canDecodeFileData: () =>
            !entry.encrypted && [STORED, DEFLATED].includes(entry.compressionMethod),
        };
      }
    },
    async openReadStreamPromise({ entry }: Entry): Promise<AsyncIterable<Uint8Array>> {
      const bytes = new Uint8Array(await entry.arrayBuffer());
      return (async function* () {
        yield bytes;
      })();
    },
  };
}

/** The library reads it and gives it to nobody; a reader of arrays holds what it unpacks against it. */
const crcOf = (entry: ZipEntry): number =>
  (entry as unknown as { readonly _rawEntry: { readonly crc32: number } })._rawEntry.crc32;

export default { fromFdPromise };
