import * as store from "@minisim/store";
import { expect, test } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { makeRecording, stored } from "./make.ts";

test("a store names the version of this package as its generator", async () => {
  const storage = store.createMemoryStorage(await stored(makeRecording()));
  const { name, version } = manifest;
  expect((await store.openRecording(storage)).attributes.generator).toEqual({ name, version });
});
