// @minisim/store/objects: recordings in object stores. What speaks to such a store is a package of its own, @minisim/store-s3.

export { checkObjects } from "./node/objects/claim.ts";
export {
  finishObjects,
  isFinished,
  objectsStatus,
  openRecordingIn,
} from "./node/objects/finish.ts";
export { createRecordingIn, type ObjectTarget, type ObjectWriter } from "./node/objects/writer.ts";
