// A recording of the first edition: everything that does not need its light again works as it did.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { gunzipSync } from "node:zlib";
import { Spec } from "minisim";
import { loadRecording, openRecording, saveRecording } from "minisim/node";
import { expect, test } from "vitest";
import { at, minisim } from "./harness.ts";

const fixture = new URL("../../../packages/store/test/fixtures/version-1.json.gz", import.meta.url);

/** The store that a program of the first edition wrote, in the folder of the test. */
function oldStore(): string {
  const { entries } = JSON.parse(gunzipSync(readFileSync(fixture)).toString());
  for (const [key, bytes] of Object.entries<string>(entries)) {
    mkdirSync(dirname(at("old.zarr", key)), { recursive: true });
    writeFileSync(at("old.zarr", key), Buffer.from(bytes, "base64"));
  }
  return "old.zarr";
}

const UNLIKE =
  /^The recording was made under cache key [0-9a-f]{16}, but its spec has [0-9a-f]{16} now/;

test("opens with a warning that today's steps would not reproduce it", async () => {
  const stored = await openRecording(at(oldStore()));
  expect(stored.warnings.map(({ code, message }) => [code, UNLIKE.test(message)])).toContainEqual([
    "cache_key_mismatch",
    true,
  ]);
  expect(stored.spec).not.toHaveProperty("spec_version");
  expect(Spec.safeParse(Spec.migrate(stored.spec).spec)).toMatchObject({ ok: true });
  const { code, out, err } = await minisim(["inspect", "old.zarr"]);
  expect(code).toBe(0);
  expect(out).toContain("neuropil@1");
  expect(err).toContain("now: simulating it again may give another recording.");
});

test("is saved again under the key that it was made under", async () => {
  const recording = await loadRecording(at(oldStore()));
  await saveRecording(recording, at("copy.zarr"));
  const [old, copy] = [await openRecording(at("old.zarr")), await openRecording(at("copy.zarr"))];
  expect(copy.cache_key).toBe(old.cache_key);
  expect(copy.spec).toEqual(old.spec);
  expect((await copy.load()).observed.data).toEqual(recording.observed.data);
});

test("is exported for the Python program as it is, and scored with what is read back", async () => {
  oldStore();
  const exported = await minisim([
    ...["export", "old.zarr", "--to", "python_minisim", "-o", "python.zarr"],
  ]);
  expect(exported.code).toBe(0);
  const spec = JSON.parse(readFileSync(at("python.zarr/spec.json"), "utf8"));
  expect(spec.steps.at(-1)).toEqual({ kind: "sensor", photons_per_unit: 100 });
  const { code, out, err } = await minisim([
    "score",
    "old.zarr",
    "python.zarr",
    "--all-cells",
    "--json",
  ]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const { recall, precision } = JSON.parse(out);
  expect({ recall, precision }).toEqual({ recall: 1, precision: 1 });
});
