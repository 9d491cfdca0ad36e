// The members of an .npz, each held against its size and its CRC-32. Their headers can be read before the rest is unpacked.
import { crc32 } from "node:zlib";
import yauzl, { type Entry, type ZipFile } from "yauzl";
import { InteropError } from "../error.ts";
import { decodeNpy, type NpyArray } from "../npy/array.ts";
import { itemBytes } from "../npy/dtype.ts";
import { MOST_HEADER_BYTES, type NpyHeader, parseNpyHeader } from "../npy/header.ts";
import { withFile } from "../read-file.ts";

const SUFFIX = ".npy";
// No stretch of DEFLATE holds more than 258 bytes in 2 bits.
const MOST_RATIO = 1032;
const MOST_MEMBERS = 1 << 16;

/** The arrays of an open .npz. Errors name the file and the member. */
export class Members {
  readonly #path: string;
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;

  constructor(path: string, zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#path = path;
    this.#zip = zip;
    this.#entries = entries;
  }

  /** Of arrays, without ".npy". */
  get names(): string[] {
    return [...this.#entries.keys()];
  }

  /** Of an array of numbers. @throws InteropError "malformed", "unsupported". */
  async shape(name: string): Promise<readonly number[]> {
    const { descr, shape } = await this.#header(name);
    itemBytes(descr, this.#place(name));
    return shape;
  }

  async #header(name: string): Promise<NpyHeader> {
    return parseNpyHeader(await this.#bytes(name, MOST_HEADER_BYTES + 12), this.#place(name));
  }

  /** @throws InteropError "malformed" for a member that is not what was packed. */
  async array(name: string): Promise<NpyArray> {
    return decodeNpy(await this.#whole(name), this.#place(name));
  }

  /** The text of a member of one fixed-width text. @throws InteropError "malformed". */
  async text(name: string): Promise<string> {
    const { descr, dataOffset } = await this.#header(name);
    const data = (await this.#whole(name)).subarray(dataOffset);
    const width = descr.includes("U") ? 4 : 1;
    return String.fromCharCode(...data.filter((code, i) => i % width === 0 && code !== 0));
  }

  async #whole(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const entry = this.#entries.get(name)!;
    const bytes = await this.#bytes(name, entry.uncompressedSize);
    if (crc32(bytes) === entry.crc32) return bytes;
    throw this.#bad(name, "is damaged: its CRC-32 is another");
  }

  /** The first bytes of a member, as many as there are up to `most`. */
  async #bytes(name: string, most: number): Promise<Uint8Array<ArrayBuffer>> {
    const entry = this.#entries.get(name)!;
    this.#check(name, entry);
    const bytes = new Uint8Array(Math.min(most, entry.uncompressedSize));
    let length = 0;
    try {
      const stream = await this.#zip.openReadStreamPromise(entry);
      for await (const part of stream as AsyncIterable<Uint8Array>) {
        bytes.set(part.subarray(0, bytes.length - length), length);
        length += part.length;
        if (length >= bytes.length && bytes.length < entry.uncompressedSize) break;
      }
    } catch (cause) {
      throw this.#bad(name, `is damaged: ${(cause as Error).message}`, cause);
    }
    return bytes;
  }

  #check(name: string, entry: Entry): void {
    const { compressedSize: packed, uncompressedSize: size } = entry;
    if (!entry.canDecodeFileData()) {
      throw new InteropError(
        "unsupported",
        `${this.#place(name)} is packed in a way that is not read.`,
      );
    }
    // Room for it is made on its word.
    if (size > MOST_RATIO * packed + 64) throw this.#bad(name, `claims ${size} bytes in ${packed}`);
  }

  #place(name: string): string {
    return `${this.#path}: ${name}${SUFFIX}`;
  }

  #bad(name: string, problem: string, cause?: unknown): InteropError {
    return new InteropError("malformed", `${this.#place(name)} ${problem}.`, { cause });
  }
}

/** Calls `use` with the arrays of the file. @throws InteropError "malformed" for what is no whole ZIP file. */
export function withMembers<T>(path: string, use: (members: Members) => Promise<T>): Promise<T> {
  return withFile(path, async ({ fd }) => {
    const entries = new Map<string, Entry>();
    let zip: ZipFile;
    try {
      zip = await yauzl.fromFdPromise(fd, { autoClose: false, lazyEntries: true });
      for await (const entry of zip.eachEntry()) {
        if (!entry.fileName.endsWith(SUFFIX)) continue;
        const name = entry.fileName.slice(0, -SUFFIX.length);
        if (entries.has(name) || entries.size === MOST_MEMBERS) {
          throw new RangeError(`there is more than one ${entry.fileName}`);
        }
        entries.set(name, entry);
      }
    } catch (cause) {
      const why = (cause as Error).message;
      throw new InteropError("malformed", `${path} is no whole ZIP file: ${why}.`, { cause });
    }
    return use(new Members(path, zip, entries));
  });
}
