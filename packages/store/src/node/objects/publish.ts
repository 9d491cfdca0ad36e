// The end of a recording: the manifest of all its objects, the root, and the manifest again, as a folder has it.
import { MANIFEST, type Manifest, manifestText } from "@minisim/output";
import { allChunks } from "../../array-io.ts";
import { ROOT_KEY } from "../../documents.ts";
import { StoreError } from "../../error.ts";
import { chunkKey } from "../../grid.ts";
import type { ObjectStore } from "../../object-store.ts";
import { openRecording } from "../../stored-recording.ts";
import { identityOfRoot, RECORDING } from "../identity.ts";
import { documentsOf, finishedRoot, gridsOf, lackOf, survey } from "../unfinished.ts";
import { type Claimed, claimedAt } from "./claim.ts";
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
  const manifest: Manifest = { kind: RECORDING.kind, state: "complete", identity, files };
  // Nobody else can claim the address any more; whoever finds it without a root can still make that.
  await replaceManifest(objects, identity, ({ state, shards }) =>
    state === "complete" ? undefined : { ...manifest, unfinished: { root, shards } },
  );
  if (!(await objects.create(ROOT_KEY, finished))) await checkSame(objects, finished);
  await replaceManifest(objects, identity, (claimed) =>
    claimed.root === undefined ? undefined : manifest,
  );
}

/** `next`: the manifest in the place of the one that is there, or undefined where somebody has put it already. */
async function replaceManifest(
  objects: ObjectStore,
  identity: string,
  next: (claimed: Claimed) => Manifest | undefined,
): Promise<void> {
  for (let before: string | undefined; ; ) {
    const claimed = await claimedAt(objects);
    // Of the same recording it changes twice, so that it must be another one where a put is refused.
    if (claimed?.identity !== identity || claimed.version === before) throw taken(objects);
    before = claimed.version;
    const manifest = next(claimed);
    if (!manifest) return;
    const bytes = new TextEncoder().encode(manifestText(manifest));
    if (await objects.replace(MANIFEST, bytes, claimed.version)) return;
  }
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
