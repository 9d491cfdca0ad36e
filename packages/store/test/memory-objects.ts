// An object store in memory, with the conditions of a real one; several stores may look into the same bucket.
import { type ObjectStore, StoreError } from "@minisim/store";

export interface Bucket {
  readonly objects: Map<string, { readonly bytes: Uint8Array; readonly version: string }>;
  /** Puts that changed something, in their order. */
  readonly puts: string[];
  /** Throws to make a put fail. */
  beforePut(key: string): void | Promise<void>;
  /** As of a server that does not know them. */
  headsConditions: boolean;
}

export const makeBucket = (): Bucket => ({
  ...{ objects: new Map(), puts: [], headsConditions: true },
  beforePut: () => {},
});

export function objectsIn(bucket: Bucket, prefix = "r.zarr/"): ObjectStore {
  const { objects, puts } = bucket;
  const put = async (
    key: string,
    bytes: Uint8Array,
    may: (version: string | undefined) => boolean,
  ) => {
    await bucket.beforePut(key);
    const name = prefix + key;
    if (bucket.headsConditions && !may(objects.get(name)?.version)) return false;
    puts.push(name);
    objects.set(name, { bytes: bytes.slice(), version: `${puts.length}` });
    return true;
  };
  return {
    address: `s3://bucket/${prefix}`.replace(/\/$/, ""),
    read: async (key) => objects.get(prefix + key),
    create: (key, bytes) => put(key, bytes, (version) => version === undefined),
    replace: (key, bytes, version) => put(key, bytes, (found) => found === version),
    list: async () => {
      const own = [...objects].filter(([key]) => key.startsWith(prefix));
      return new Map(own.map(([key, { bytes }]) => [key.slice(prefix.length), bytes.length]));
    },
    around: () => {
      const parts = prefix.split("/").slice(0, -2);
      const outer = parts.map((_, i) => `${parts.slice(0, parts.length - i).join("/")}/`);
      return [...outer, ""].map((one) => objectsIn(bucket, one));
    },
  };
}

export const unreachable = (key: string) =>
  new StoreError("unreachable", `s3://bucket/r.zarr/${key} could not be written: no more.`);
