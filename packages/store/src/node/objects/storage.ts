// An object store as a storage for recordings.
import type { ObjectStore } from "../../object-store.ts";
import type { Storage } from "../../storage.ts";

/** What is there stays: writing a key that is taken changes nothing. */
export function createObjectStorage(objects: ObjectStore): Storage {
  return {
    read: async (key) => (await objects.read(key))?.bytes,
    list: async (prefix) =>
      [...(await objects.list()).keys()].filter((key) => key.startsWith(prefix)),
    write: async (key, bytes) => {
      await objects.create(key, bytes);
    },
  };
}
