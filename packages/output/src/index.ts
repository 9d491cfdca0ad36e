// @minisim/output: who owns a path. Everything that is written to the disk goes through here.
export { type Claim, type ClaimOptions, checkClaim, claim, writeClaimed } from "./claim.ts";
export { PathError, type PathErrorCode } from "./error.ts";
export { codeOf, fsErrorOf, isOfTheMachine, withFsErrors } from "./fs-error.ts";
export type { Continued } from "./leftover.ts";
export { holderOf, leaveLock, lock, type Release, tryLock } from "./lock.ts";
export { MANIFEST, type Manifest, manifestText, parseManifest } from "./manifest.ts";
export { markOf } from "./mark.ts";
export { isPartial, makeFolders, partialOf } from "./paths.ts";
export { type CommentStyle, sealPng, sealText } from "./seal.ts";
export {
  readNote,
  readShardCount,
  runAgain,
  SHARDS_NAME,
  type Shard,
  shardCountText,
  shardOf,
} from "./shards.ts";
export {
  findShared,
  joinShared,
  placeFile,
  type SharedOutput,
  type SharedPlace,
  sharedOf,
} from "./shared-output.ts";
export { checkSmallFile, type SmallFileOptions, writeSmallFile, writeWhole } from "./small-file.ts";
export { writeWholeAtOnce } from "./whole-at-once.ts";
export { openWorkFolder, shareWorkFolder, type WorkFolder } from "./work-folder.ts";
