// The last two objects of a recording: the manifest of all others, as a folder has it, and the root.
import { MANIFEST, manifestText } from "@minisim/output";
import { allChunks } from "../../array-io.ts";
import { ROOT_KEY } from "../../documents.ts";
import { StoreError } from "../../error.ts";
import { chunkKey } from "../../grid.ts";
import type { ObjectStore } from "../../object-store.ts";
import { openRecording } from "../../stored-recording.ts";
import { identityOfRoot, RECORDING } from "../identity.ts";
import { documentsOf, finishedRoot, gridsOf, lackOf, survey } from "../unfinished.ts";
import { claimedAt } from "./claim.ts";
import { createObjectStorage } from "./storage.ts";

/**
 * Publishes the recording of this unfinished root, whose other objects have all been put. Several may do so at once: all put the same.
 * @throws StoreError "incomplete" where some were removed meanwhile; "invalid" where the address is another recording's by now.
 */
export async function publishObjects(objects: ObjectStore, root: string): Promise<void> {
  const there = await objects.list();
  const found = await survey(gridsOf(root), (grid) =>
    allChunks(grid).filter((index) => !there.has(chunkKey(grid, index))),
  );
  if (found.missing.size > 0 || found.truth.length > 0) {
    throw new StoreError("incomplete", lackOf(objects.address, found, []));
  }
  // Whoever puts a chunk has put all documents before, but a recording may have no chunk.
  const document = documentsOf(root).find((key) => !there.has(key));
  if (document !== undefined) {
    const message = `${objects.address} is not finished: it lacks ${document}. Run it again.`;
    throw new StoreError("incomplete", message, { key: document });
  }
  const finished = new TextEncoder().encode(finishedRoot(root));
  // It opens, as it will be, before anybody else can open it.
  const storage = createObjectStorage(objects);
  const read = async (key: string) => (key === ROOT_KEY ? finished : storage.read(key));
  await openRecording({ ...storage, read });
  const identity = identityOfRoot(root);
  const own = [...there].filter(([key]) => RECORDING.owns(key) && key !== ROOT_KEY);
  const sizes: [string, number][] = [...own, [ROOT_KEY, finished.length]];
  const files = Object.fromEntries(sizes.sort(([a], [b]) => (a < b ? -1 : 1)));
  const manifest = manifestText({ kind: RECORDING.kind, state: "complete", identity, files });
  await replaceManifest(objects, identity, new TextEncoder().encode(manifest));
  if (!(await objects.create(ROOT_KEY, finished))) await checkSame(objects, finished);
}

async function replaceManifest(
  objects: ObjectStore,
  identity: string,
  bytes: Uint8Array,
): Promise<void> {
  const claimed = await claimedAt(objects);
  if (claimed?.identity !== identity) throw taken(objects);
  if (claimed.state === "complete") return;
  if (await objects.replace(MANIFEST, bytes, claimed.version)) return;
  const now = await claimedAt(objects);
  if (now?.identity !== identity || now.state !== "complete") throw taken(objects);
}

async function checkSame(objects: ObjectStore, root: Uint8Array): Promise<void> {
  const found = await objects.read(ROOT_KEY);
  if (found && Buffer.compare(found.bytes, root) === 0) return;
  throw taken(objects);
}

const taken = ({ address }: ObjectStore): StoreError =>
  new StoreError(
    "invalid",
    `${address} was changed by somebody else while the recording was made. It was not finished.`,
  );
