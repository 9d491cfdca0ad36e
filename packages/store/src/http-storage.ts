// A recording on a web server, or in a bucket that everybody may read: every key is an address. It is read, never written.
//
// A chunk is a file, and is checked as a whole, so each is one plain GET. Servers do not list: what is there is in the manifest of the folder.
import { StoreError } from "./error.ts";
import type { Storage } from "./storage.ts";

export interface HttpOptions {
  /** In place of that of the platform: with headers of one's own, for one. */
  readonly fetch?: typeof fetch;
  readonly signal?: AbortSignal;
}

/** Of the folders that minisim writes: the names and sizes of their files. */
const MANIFEST = ".minisim.json";
/** Waits before a part is asked for again, where the network or the server failed; estimates: a busy server recovers in a second or not soon. */
const WAITS_MS = [200, 1000];

/** Whether a path is an address of the web. */
export const isWebAddress = (path: string): boolean => /^https?:\/\//i.test(path);

/**
 * The store below an address, "https://…/r.zarr", with or without "/" at its end; a query ("?…") goes with every request.
 * @throws (from its methods) StoreError "unreachable", "missing"; the signal's reason when aborted.
 */
export function createHttpStorage(address: string, options: HttpOptions = {}): Storage {
  const base = new URL(address);
  if (!base.pathname.endsWith("/")) base.pathname += "/";
  const addressOf = (key: string) => {
    const url = new URL(key.split("/").map(encodeURIComponent).join("/"), base);
    url.search = base.search;
    return url;
  };
  const read = (key: string) => get(addressOf(key), key, options);
  return {
    read,
    list: async (prefix) => {
      const text = await read(MANIFEST);
      const files = text && namesIn(text);
      if (!files) {
        const message = `${address} has no ${MANIFEST} that lists its files: only whole folders that minisim wrote can be opened over the network, from servers that send names that begin with a dot.`;
        throw new StoreError("missing", message, { key: MANIFEST });
      }
      return files.filter((name) => name.startsWith(prefix));
    },
    write: async () => {
      throw new StoreError("invalid", `${address} is read over the network and not written.`);
    },
  };
}

function namesIn(manifest: Uint8Array): string[] | undefined {
  try {
    const { files } = JSON.parse(new TextDecoder().decode(manifest));
    return Object.keys(files);
  } catch {
    return undefined;
  }
}

/** Undefined where the server says that there is no such thing. */
async function get(
  url: URL,
  key: string,
  { fetch = globalThis.fetch, signal }: HttpOptions,
): Promise<Uint8Array | undefined> {
  let failure = "";
  let cause: unknown;
  for (const wait_ms of [0, ...WAITS_MS]) {
    if (wait_ms > 0) await new Promise((resolve) => setTimeout(resolve, wait_ms));
    signal?.throwIfAborted();
    try {
      const response = await fetch(url, signal ? { signal } : {});
      if (response.ok) return new Uint8Array(await response.arrayBuffer());
      await response.body?.cancel();
      if (response.status === 404 || response.status === 410) return undefined;
      failure = `${response.status} ${response.statusText}`.trim();
      cause = undefined;
      if (response.status < 500 && response.status !== 429) break;
    } catch (error) {
      signal?.throwIfAborted();
      failure = reasonOf(error);
      cause = error;
      if (CERTIFICATE.test(codeOf(error))) break;
    }
  }
  const { origin, pathname } = url;
  throw new StoreError("unreachable", `${origin}${pathname} could not be read: ${failure}.`, {
    key,
    cause,
  });
}

/** Of Node: what is wrong with a server's certificate, which no second try mends; and that its signer is not known. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_/;
const UNSIGNED = /SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/;

const codeOf = (error: unknown): string =>
  String((error as { cause?: { code?: unknown } }).cause?.code ?? "");

/** fetch says "fetch failed", and why in its cause. */
function reasonOf(error: unknown): string {
  const { cause } = error as Error;
  const reason = cause instanceof Error ? cause : error;
  const said = reason instanceof Error ? reason.message || reason.name : String(reason);
  if (!UNSIGNED.test(codeOf(error))) return said;
  return `nobody whom this machine trusts has signed the server's certificate (${said}); NODE_EXTRA_CA_CERTS names a file of further signers`;
}
