// Who owns an address of an object store.
//
// No rename exists there and no lock: what stands in for both is a condition on a put, which the server decides.
// - The manifest of the recording is put first, where there is none, and says which recording it is. Whoever makes another is refused from then on.
// - What each object must hold follows from that identity, and objects are put where there are none: whoever comes second changes nothing.
// - The root, without which nothing is a recording, is put by whoever has seen that all else is there. Until it is, the manifest holds what it is made of.
import { MANIFEST, type Manifest, manifestText, PathError, parseManifest } from "@minisim/output";
import { ROOT_KEY } from "../../documents.ts";
import { StoreError } from "../../error.ts";
import type { ObjectStore } from "../../object-store.ts";
import { identityOfRoot, RECORDING } from "../identity.ts";

/** What the manifest of a recording says. */
export interface Claimed {
  readonly identity: string;
  readonly state: "partial" | "complete";
  /** Of the manifest that was read. */
  readonly version: string;
  /** Until its root has been put: that of the unfinished one, and into how many shards it was cut by the one that came first. */
  readonly root: string | undefined;
  readonly shards: number;
}

/** The recording that is there, or begun; undefined where there is neither. @throws PathError "foreign" for a manifest of something else. */
export async function claimedAt(objects: ObjectStore): Promise<Claimed | undefined> {
  const found = await objects.read(MANIFEST);
  if (!found) return undefined;
  const manifest = parseManifest(new TextDecoder().decode(found.bytes));
  const claimed = manifest === "damaged" ? undefined : claimedBy(manifest, found.version);
  if (claimed) return claimed;
  throw inTheWay(objects, `${MANIFEST} there is no manifest of a recording.`);
}

function claimedBy(manifest: Manifest, version: string): Claimed | undefined {
  const { kind, state, identity, unfinished } = manifest;
  if (kind !== RECORDING.kind || identity === undefined || state === "working") return undefined;
  const { root, shards } = unfinished ?? {};
  if (state === "complete" && root === undefined)
    return { identity, state, version, root, shards: 1 };
  if (typeof root !== "string" || identityOfRoot(root) !== identity) return undefined;
  const isCount = typeof shards === "number" && Number.isInteger(shards) && shards > 0;
  return { identity, state, version, root, shards: isCount ? shards : 1 };
}

/**
 * Before anything is rendered. An unfinished recording may be there, whose identity only the compiled spec can tell.
 * @throws StoreError "exists" for a recording; PathError "foreign" for anything else, "inside".
 */
export async function checkObjects(objects: ObjectStore): Promise<void> {
  if (await objects.read(ROOT_KEY)) {
    if (await claimedAt(objects)) throw existsAlready(objects);
    throw inTheWay(objects, "it is a Zarr store.");
  }
  if (await claimedAt(objects)) return;
  const [first] = [...(await objects.list()).keys()];
  if (first !== undefined) throw inTheWay(objects, `it holds ${first}, for one.`);
  for (const outer of objects.around()) await refuseInside(outer, objects);
}

const existsAlready = (objects: ObjectStore): StoreError =>
  new StoreError(
    "exists",
    `${objects.address} holds a recording already, which was left as it is. Choose another address.`,
  );

/**
 * Claims the address for the recording of this unfinished root, or goes on with it.
 * @throws PathError "leftover" where another is begun there; as `checkObjects`, but not for the same recording; StoreError "invalid" for a
 *   server that knows no conditions.
 */
export async function claimObjects(
  objects: ObjectStore,
  root: string,
  shards: number,
): Promise<Claimed> {
  const identity = identityOfRoot(root);
  let claimed = await claimedAt(objects);
  if (!claimed) {
    await checkObjects(objects);
    const text = manifestText({
      ...{ kind: RECORDING.kind, state: "partial", identity },
      unfinished: { root, shards },
    });
    const bytes = new TextEncoder().encode(text);
    // The second would change nothing where it were let in, but then the condition means nothing to the server.
    if ((await objects.create(MANIFEST, bytes)) && (await objects.create(MANIFEST, bytes))) {
      throw new StoreError(
        "invalid",
        `The server of ${objects.address} does not heed If-None-Match, without which two writers could mix. Write to a folder and copy that; ${MANIFEST} was left there.`,
      );
    }
    claimed = await claimedAt(objects);
  }
  if (claimed?.identity === identity) return claimed;
  if (await objects.read(ROOT_KEY)) throw existsAlready(objects);
  throw new PathError(
    "leftover",
    `${objects.address} holds an unfinished recording of another spec, another --set, or another version of minisim. Finish that one, remove it, or choose another address.`,
  );
}

const inTheWay = ({ address }: ObjectStore, why: string): PathError =>
  new PathError(
    "foreign",
    `${address} is taken by something that is no recording of minisim's: ${why} Choose another address.`,
  );

/** Whoever may not read there need not know. */
async function refuseInside(outer: ObjectStore, objects: ObjectStore): Promise<void> {
  for (const key of [MANIFEST, ROOT_KEY]) {
    const found = await outer.read(key).catch((error: unknown) => {
      if (error instanceof StoreError) return undefined;
      throw error;
    });
    if (!found) continue;
    const message = `${objects.address} lies inside the store ${outer.address}; outputs are not nested. Choose another address.`;
    throw new PathError("inside", message);
  }
}
