// The storage of a recording that is made in shards. Its root lies beside it until it is finished: a root inside the store is that of a
// whole recording, so that no shard, however late, can say of a finished one that it is not.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  codeOf,
  placeFile,
  SHARDS_NAME,
  type SharedOutput,
  shardCountText,
  withFsErrors,
} from "@minisim/output";
import { ROOT_KEY } from "../documents.ts";
import type { Storage } from "../storage.ts";
import { createFolderStorage } from "./folder-storage.ts";
import { identityOfRoot, ROOT_NAME } from "./identity.ts";

export function createSharedStorage(shared: SharedOutput): Storage {
  const { folder, growing, work } = shared;
  const files = createFolderStorage(folder);
  const read = (key: string) => (key === ROOT_KEY ? readUnfinishedRoot(shared) : files.read(key));
  return {
    read,
    list: files.list,
    write: async (key, bytes) => {
      const found = await read(key);
      if (found && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).equals(found)) return;
      const [place, name] =
        key === ROOT_KEY ? [{ folder: work, growing }, ROOT_NAME] : [{ folder, growing }, key];
      await withFsErrors(join(place.folder, name), () =>
        placeFile(place, name, (own) => writeFile(own, bytes)),
      );
    },
  };
}

/** The root as shards leave it; undefined where there is none, or not a whole one. */
export async function readUnfinishedRoot({
  work,
  identity,
}: SharedOutput): Promise<Uint8Array | undefined> {
  const root = await readIfThere(join(work, ROOT_NAME));
  return root && identityOfRoot(root) === identity ? root : undefined;
}

export async function noteShardCount({ work, growing }: SharedOutput, of: number): Promise<void> {
  await withFsErrors(work, () =>
    placeFile({ folder: work, growing }, SHARDS_NAME, (own) => writeFile(own, shardCountText(of))),
  );
}

function readIfThere(path: string): Promise<Uint8Array | undefined> {
  return withFsErrors(path, async () => {
    try {
      return await readFile(path);
    } catch (error) {
      if (codeOf(error) === "ENOENT") return undefined;
      throw error;
    }
  });
}
