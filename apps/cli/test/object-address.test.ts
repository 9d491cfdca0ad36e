// Addresses where a path was meant, and addresses of object stores without a server: one sentence, and no folder of such a name.
import { readdirSync } from "node:fs";
import process from "node:process";
import { afterEach, beforeEach, expect, test } from "vitest";
import { at, minisim, TINY, write } from "./harness.ts";

const before = { ...process.env };
beforeEach(() => {
  write("tiny.yaml", TINY);
  Object.assign(process.env, {
    ...{ AWS_ENDPOINT_URL: "http://127.0.0.1:1", AWS_MAX_ATTEMPTS: "1" },
    ...{ AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" },
  });
});
afterEach(() => {
  for (const name of Object.keys(process.env)) if (/^AWS_/.test(name)) delete process.env[name];
  Object.assign(process.env, before);
  expect(readdirSync(at())).toEqual(["tiny.yaml"]);
});

const simulate = (output: string, ...words: string[]) =>
  minisim(["simulate", "tiny.yaml", "-o", output, ...words]);

test.each([
  ["export", ["tiny.yaml", "-o", "s3://lab/movie.tif"]],
  ["render", ["r.zarr", "-o", "s3://lab/pictures"]],
  ["sweep", ["tiny.yaml", "-o", "s3://lab/results"]],
  ["migrate", ["tiny.yaml", "-o", "s3://lab/spec.yaml"]],
])("%s writes to a path", async (command, words) => {
  const output = words.at(-1);
  expect(await minisim([command, ...words])).toMatchObject({
    code: 2,
    err: `error: -o ${output}: simulate alone writes to an object store. Name a path.\n`,
  });
});

test("nothing is written to a web server", async () => {
  expect(await simulate("https://example.org/r.zarr")).toMatchObject({
    code: 2,
    err: "error: -o https://example.org/r.zarr: nothing is written there. Name a path, or s3://BUCKET/NAME.zarr for a recording.\n",
  });
});

test("--force does not go with an object store", async () => {
  const { code, err } = await simulate("s3://lab/r.zarr", "--force");
  expect(code).toBe(2);
  expect(err).toBe(
    "error: -o s3://lab/r.zarr: nothing is replaced in an object store, so --force does not go with it. Choose another address, or remove what is there.\n",
  );
});

test("nobody at the endpoint: every command that asks says so", async () => {
  const err = "error: s3://lab/r.zarr/zarr.json could not be read: nothing answers at 127.0.0.1.\n";
  expect(await simulate("s3://lab/r.zarr")).toMatchObject({ code: 1, err });
  expect(await minisim(["inspect", "s3://lab/r.zarr"])).toMatchObject({ code: 1, err });
  expect(await minisim(["status", "s3://lab/r.zarr/"])).toMatchObject({ code: 1, err });
  expect(await minisim(["finish", "s3://lab/r.zarr"])).toMatchObject({ code: 1, err });
  expect(await simulate("s3://")).toMatchObject({
    code: 1,
    err: "error: s3:// names no bucket: write s3://BUCKET/NAME.zarr.\n",
  });
});
