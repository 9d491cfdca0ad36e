// Where a store keeps its bytes: any flat mapping from keys to bytes.

/**
 * Keys are relative paths with "/" between their parts, none of them empty, "." or "..". Failures of the medium are
 * thrown as the medium's own errors.
 */
export interface Storage {
  /** The whole value, or undefined when there is no such key. The caller may keep it and may not change it. */
  read(key: string): Promise<Uint8Array | undefined>;
  /** Creates or replaces a value. The bytes may be reused by the caller once the promise resolves. */
  write(key: string, bytes: Uint8Array): Promise<void>;
  /** All keys that begin with the prefix, in any order; "" lists all. */
  list(prefix: string): Promise<string[]>;
}

/** A storage in memory, over a map of one's own when given. */
export function createMemoryStorage(
  entries: Map<string, Uint8Array> = new Map<string, Uint8Array>(),
): Storage {
  return {
    read: async (key) => entries.get(key),
    write: async (key, bytes) => {
      entries.set(key, bytes.slice());
    },
    list: async (prefix) => [...entries.keys()].filter((key) => key.startsWith(prefix)),
  };
}
