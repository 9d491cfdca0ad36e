// Where a recording goes: a folder, or an address of an object store.
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { checkClaim, type Shard } from "@minisim/output";
import { isObjectAddress, StoreError, type StoreHeader } from "@minisim/store";
import {
  type ChunkTarget,
  createRecordingAt,
  type FolderWriter,
  openShardAt,
  type ShardWriter,
} from "@minisim/store/node";
import {
  checkObjects,
  createRecordingIn,
  isFinished,
  type ObjectTarget,
} from "@minisim/store/objects";
import { objectsAt } from "./node-objects.ts";

type Writing = "arrays" | "layout" | "pending" | "noteWritten" | "writeTruth" | "stop";
/** Of a whole recording, or of a shard. */
export interface ChunkWriter
  extends Pick<FolderWriter, Writing>,
    Partial<Pick<ShardWriter, "frames">> {
  target(array?: string): ChunkTarget | ObjectTarget;
}

export interface Place {
  /** Whether a recording could go there, before the work that makes it. */
  check(): Promise<void>;
  create(header: StoreHeader): Promise<ChunkWriter & Ending>;
  /** Bytes of what is there. */
  size(): Promise<number>;
}

type Ending = Pick<FolderWriter, "commit" | "abort" | "keep">;

export interface PlaceOptions {
  readonly force?: boolean;
  readonly resume?: boolean;
}

/** @throws StoreError "invalid" for what an address does not allow. */
export const placeOf = async (path: string, options: PlaceOptions): Promise<Place> =>
  isObjectAddress(path) ? inObjects(path, options) : inFolder(path, options);

const inFolder = (path: string, { force = false, resume = false }: PlaceOptions): Place => ({
  check: () => checkClaim(path, { kind: "recording", form: "folder", force }),
  create: (header) => createRecordingAt(path, header, { force, resume }),
  size: () => folderBytes(path),
});

async function folderBytes(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = files.map(
    async ({ parentPath, name }) => (await stat(join(parentPath, name))).size,
  );
  return sum(await Promise.all(sizes));
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((a, b) => a + b, 0);

export function refuseForce(address: string): never {
  const message = `${address}: nothing is replaced in an object store, so force does not go with it. Choose another address, or remove what is there.`;
  throw new StoreError("invalid", message);
}

async function inObjects(address: string, { force = false }: PlaceOptions): Promise<Place> {
  if (force) refuseForce(address);
  const objects = await objectsAt(address);
  return {
    check: () => checkObjects(objects),
    create: async (header) => {
      const writer = await createRecordingIn(objects, header);
      // Nothing there tells whether another makes the same recording, so nothing is taken back.
      return { ...writer, abort: writer.stop, keep: writer.stop };
    },
    size: async () => sum((await objects.list()).values()),
  };
}

type OneShard = ChunkWriter & Pick<ShardWriter, "chunks" | "isPublished">;

/** Undefined where the recording is finished already. */
export async function openShard(
  path: string,
  header: StoreHeader,
  shard: Shard,
): Promise<OneShard | undefined> {
  if (!isObjectAddress(path)) return openShardAt(path, header, shard);
  const objects = await objectsAt(path);
  const writer = await createRecordingIn(objects, header, shard);
  return writer && { ...writer, isPublished: () => isFinished(objects) };
}
