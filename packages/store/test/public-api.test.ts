import * as store from "@minisim/store";
import * as node from "@minisim/store/node";
import { expect, test } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { makeRecording, stored } from "./make.ts";

test("what the package exports", () => {
  expect(Object.keys(store).sort()).toEqual([
    "FORMAT",
    "FORMAT_VERSION",
    "StoreError",
    "containerFor",
    "createMemoryStorage",
    "createRecordingWriter",
    "encodeMovieChunk",
    "headerOf",
    "openRecording",
    "writeMovies",
  ]);
  expect(Object.keys(node).sort()).toEqual([
    "createFolderStorage",
    "createRecordingAt",
    "encodeChunkFor",
    "loadRecording",
    "openRecordingAt",
    "saveRecording",
  ]);
});

test("a store names the version of this package as its generator", async () => {
  const storage = store.createMemoryStorage(await stored(makeRecording()));
  const { name, version } = manifest;
  expect((await store.openRecording(storage)).attributes.generator).toEqual({ name, version });
});
