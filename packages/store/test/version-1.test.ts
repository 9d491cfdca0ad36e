// A store of version 1, as its own program wrote it, opens and holds what that program read from it.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { createMemoryStorage, openRecording } from "@minisim/store";
import { expect, test } from "vitest";

interface Fixture {
  /** Files of the store, in base64, by key. */
  readonly entries: Readonly<Record<string, string>>;
  /** Of the bytes of each array, by name: the first 16 digits of their SHA-256. */
  readonly digests: Readonly<Record<string, string>>;
}

const file = new URL("./fixtures/version-1.json.gz", import.meta.url);
const { entries, digests }: Fixture = JSON.parse(gunzipSync(readFileSync(file)).toString());

const digest = ({ buffer, byteOffset, byteLength }: ArrayBufferView) =>
  createHash("sha256")
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest("hex")
    .slice(0, 16);

test("a store of version 1 holds the same movie and the same truth", async () => {
  const store = Object.entries(entries).map(
    ([key, bytes]) => [key, new Uint8Array(Buffer.from(bytes, "base64"))] as const,
  );
  const opened = await openRecording(createMemoryStorage(new Map(store)));
  expect(opened.attributes.format_version).toBe(1);
  const { observed, ground_truth } = await opened.load();
  const found = [...ground_truth.fields.values()].map(({ name, array }) => [
    name,
    digest(array.data),
  ]);
  expect({ observed: digest(observed.data), ...Object.fromEntries(found) }).toEqual(digests);
  expect(ground_truth.field("shifts").dims).toEqual(["frame", "axis_yx"]);
  expect(ground_truth.n_units).toBe(5);
});
