// The truth as an .npz: a ZIP of .npy arrays, compressed as they come.
import { markOf } from "@minisim/output/mark";
import type { Recorded } from "@minisim/recording";
import { Zip, ZipDeflate } from "fflate";
import type { Watch } from "../contract.ts";
import { InteropError } from "../error.ts";
import { npyHeader } from "../npy/header.ts";
import type { Output } from "../output.ts";
import type { Sink } from "../sink.ts";
import { asciiOf } from "../stream.ts";
import { dataBytes, type TruthArray, truthArrays } from "../truth-arrays.ts";

// Beyond it a ZIP needs 64-bit fields.
const MOST_BYTES = 0xffff_0000;
// The earliest time a ZIP can say: files here carry no clock.
const NO_TIME = "1980-01-01T00:00:00";

/** @throws InteropError "unsupported" when an array is too large. */
export async function writeNpzTruth(
  output: Output,
  source: Recorded,
  denseFootprints: boolean,
  watch: Watch,
): Promise<void> {
  const arrays = truthArrays(await source.truth(), { denseFootprints });
  const large = arrays.find((array) => dataBytes(array) > MOST_BYTES);
  if (large) {
    throw new InteropError(
      "unsupported",
      `${large.name} has more than 4 GB, which a .npz cannot hold; ${large.name === "A" ? "leave the dense footprints out, or " : ""}use hdf5 or nwb.`,
    );
  }
  await output.stream((sink) => zipArrays(sink, arrays, watch));
}

/** A ZIP of .npy arrays, with our mark as its comment. */
export async function zipArrays(
  sink: Sink,
  arrays: readonly TruthArray[],
  { signal, onProgress }: Watch,
): Promise<void> {
  let ready: Uint8Array[] = [];
  const zip = new Zip((error, data) => {
    if (error) throw error;
    ready.push(data);
  });
  const drain = async () => {
    const parts = ready;
    ready = [];
    for (const part of parts) await sink.append(part);
  };
  for (const [done, array] of arrays.entries()) {
    const entry = new ZipDeflate(`${array.name}.npy`, { level: 1 });
    entry.mtime = new Date(NO_TIME);
    zip.add(entry);
    entry.push(npyHeader(array.descr, array.shape));
    for (const part of array.parts()) {
      signal?.throwIfAborted();
      // Its memory may be the recording's own, and what is pushed may be kept.
      entry.push(part.slice());
      await drain();
      if (sink.length > MOST_BYTES) {
        throw new InteropError(
          "unsupported",
          "The truth has more than 4 GB, which a .npz cannot hold.",
        );
      }
    }
    entry.push(new Uint8Array(0), true);
    await drain();
    onProgress?.({ done: done + 1, total: arrays.length });
  }
  zip.end();
  await drain();
  await comment(sink, markOf("npz"));
}

/** A ZIP ends with the length of its comment, and the comment (APPNOTE.TXT, 4.3.16). */
async function comment(sink: Sink, text: string): Promise<void> {
  const length = Uint8Array.of(text.length & 0xff, text.length >> 8);
  await sink.patch(length, sink.length - length.length);
  await sink.append(asciiOf(text));
}
