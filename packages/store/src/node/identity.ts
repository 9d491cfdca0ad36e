// What a recording is to those who own paths.
import { createHash } from "node:crypto";
import { SHARDS_NAME } from "@minisim/output";
import type { StoreHeader } from "../header.ts";
import { isStoreKey } from "../store-key.ts";
import { rootText } from "../writer.ts";
import { growingOf } from "./folder-storage.ts";

/** Beside a recording that is made in shards: its root until it is finished. */
export const ROOT_NAME = "root.json";

export const RECORDING = {
  kind: "recording",
  owns: (name: string): boolean => isStoreKey(growingOf(name)),
  beside: [ROOT_NAME, SHARDS_NAME],
} as const;

/** Of the root of an unfinished recording, which only recordings of the same header share. */
export const identityOfRoot = (root: string | Uint8Array): string =>
  createHash("sha256").update(root).digest("hex");

export const identityOf = (header: StoreHeader): string => identityOfRoot(rootText(header, false));
