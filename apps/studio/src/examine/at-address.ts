// A recording on a web server, read from the tab: which parts are asked for, and what to say where the browser does not let the page have them.
import { createHttpStorage, type Storage, StoreError } from "@minisim/store";

/** @throws (from its methods) an Error whose message is a sentence for the page */
export function storageAt(address: string): Storage {
  const { read, list, write } = createHttpStorage(address);
  const said = (error: unknown) => {
    // Of what a browser keeps from a page it tells neither the status nor the reason.
    const isKept = error instanceof StoreError && error.cause instanceof TypeError;
    throw isKept ? new Error(unreadable(address)) : error;
  };
  // Neighbouring frames are asked for at the same time, and lie in one chunk.
  const underway = new Map<string, Promise<Uint8Array | undefined>>();
  return {
    read(key) {
      const reading =
        underway.get(key) ??
        read(key)
          .catch(said)
          .finally(() => underway.delete(key));
      underway.set(key, reading);
      return reading;
    },
    list: (prefix) => list(prefix).catch(said),
    write,
  };
}

function unreadable(address: string): string {
  const { origin, protocol } = new URL(address);
  const page = globalThis.location;
  if (origin === page.origin) return `${address} could not be reached.`;
  if (protocol === "http:" && page.protocol === "https:") {
    return `${address} could not be read: browsers let a page that came over https read from https alone.`;
  }
  return `${address} could not be read: there is no answer, or the server does not let this page have it. With every file, and where there is none, it has to send the header Access-Control-Allow-Origin: ${page.origin} (or *).`;
}

export const noRecordingAt = (address: string): string =>
  `There is no recording at ${address}: it has to be the folder of one, whose zarr.json the server sends. A file, such as a zip or a TIFF, is downloaded first and opened from the disk.`;
