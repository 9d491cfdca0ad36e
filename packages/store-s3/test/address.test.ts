// Addresses, and failures in one sentence: nothing here asks a server.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { openS3 } from "@minisim/store-s3";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addressOf, outerPrefixes, parseAddress } from "../src/address.ts";

describe("an address", () => {
  test.each([
    ["s3://lab/r.zarr", "lab", "r.zarr/"],
    ["s3://lab/r.zarr/", "lab", "r.zarr/"],
    ["S3://lab/my data/100% of 1+1.zarr//", "lab", "my data/100% of 1+1.zarr/"],
    ["s3://lab", "lab", ""],
    ["s3://lab/", "lab", ""],
  ])("%s", (address, bucket, prefix) => {
    expect(parseAddress(address)).toEqual({ bucket, prefix });
  });

  test("has one spelling, and what it lies in", () => {
    expect(addressOf(parseAddress("S3://lab/a/b.zarr/"))).toBe("s3://lab/a/b.zarr");
    expect(addressOf(parseAddress("s3://lab/"))).toBe("s3://lab");
    expect(outerPrefixes("a/b/c.zarr/")).toEqual(["a/b/", "a/", ""]);
    expect(outerPrefixes("c.zarr/")).toEqual([""]);
    expect(outerPrefixes("")).toEqual([]);
  });

  test.each(["s3://", "s3:///r.zarr"])("%s names no bucket", async (address) => {
    await expect(openS3(address)).rejects.toMatchObject({ kind: "store", code: "invalid" });
  });
});

/** What a server says, and what it was asked. */
let answers: { status: number; code?: string }[] = [];
let asked: string[] = [];
let server: Server;
const before = { ...process.env };

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers["if-none-match"] ?? ""}`.trim());
    request.resume().on("end", () => {
      const { status, code } = answers.shift() ?? { status: 200 };
      response.writeHead(status, { etag: '"1"' });
      response.end(code && `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
beforeEach(() => {
  answers = [];
  asked = [];
  for (const name of Object.keys(process.env)) if (/^AWS_/.test(name)) delete process.env[name];
  const { port } = server.address() as AddressInfo;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: "key",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/nowhere/config",
    AWS_SHARED_CREDENTIALS_FILE: "/nowhere/credentials",
  });
});
afterEach(() => {
  for (const name of Object.keys(process.env)) if (/^AWS_/.test(name)) delete process.env[name];
  Object.assign(process.env, before);
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const bytes = new TextEncoder().encode("x");
const failing = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown as Error,
  );
  expect(error).toMatchObject({ kind: "store", code: "unreachable" });
  return error?.message;
};

test("a bucket of an own endpoint is part of the path, and a condition goes with each put", async () => {
  const store = await openS3("s3://lab/my data/r.zarr");
  expect(await store.create("zarr.json", bytes)).toBe(true);
  expect(asked).toEqual(["PUT /lab/my%20data/r.zarr/zarr.json?x-id=PutObject *"]);
});

test("a put that meets another is asked again; one that comes too late has changed nothing", async () => {
  answers = [
    { status: 409, code: "ConditionalRequestConflict" },
    { status: 412, code: "PreconditionFailed" },
  ];
  const store = await openS3("s3://lab/r.zarr");
  expect(await store.create("a", bytes)).toBe(false);
  expect(asked).toHaveLength(2);
  answers = [{ status: 404, code: "NoSuchKey" }];
  expect(await store.replace("a", bytes, '"1"')).toBe(false);
});

test.each([
  [404, "NoSuchBucket", "there is no bucket lab"],
  [403, "AccessDenied", "access was denied; the credentials in use may not do this"],
  [403, "InvalidAccessKeyId", "the server does not know this access key (AWS_ACCESS_KEY_ID)"],
  [403, "SignatureDoesNotMatch", "the secret key is not that of the access key"],
  [400, "ExpiredToken", "the session of these credentials has expired"],
  [403, undefined, "access was denied; the credentials in use may not do this"],
])("%i %s: %s", async (status, code, reason) => {
  const answer = code === undefined ? { status } : { status, code };
  const store = await openS3("s3://lab/r.zarr");
  answers = [answer];
  expect(await failing(store.create("a", bytes))).toBe(
    `s3://lab/r.zarr/a could not be written: ${reason}.`,
  );
  answers = [answer];
  expect(await failing(store.read("a"))).toBe(`s3://lab/r.zarr/a could not be read: ${reason}.`);
  answers = [answer];
  expect(await failing(store.list())).toBe(`The bucket lab could not be listed: ${reason}.`);
});

test("a server that is busy for a moment is asked again; one that stays so is told of", async () => {
  const store = await openS3("s3://lab/r.zarr");
  answers = [{ status: 503, code: "SlowDown" }];
  expect(await store.create("a", bytes)).toBe(true);
  expect(asked).toHaveLength(2);
  answers = Array.from({ length: 9 }, () => ({ status: 500, code: "InternalError" }));
  expect(await failing(store.create("a", bytes))).toMatch(
    /^s3:\/\/lab\/r.zarr\/a could not be written: .+ \(500\)\.$/,
  );
});

test("nobody at the endpoint, no such host, and no credentials", async () => {
  process.env.AWS_ENDPOINT_URL = "http://127.0.0.1:1";
  expect(await failing((await openS3("s3://lab/r.zarr")).read("a"))).toBe(
    "s3://lab/r.zarr/a could not be read: nothing answers at 127.0.0.1.",
  );
  process.env.AWS_ENDPOINT_URL = "http://nowhere.invalid";
  expect(await failing((await openS3("s3://lab/r.zarr")).read("a"))).toMatch(
    /: (there is no host nowhere.invalid|the address of nowhere.invalid could not be found out)\.$/,
  );
  delete process.env.AWS_ACCESS_KEY_ID;
  expect(await failing((await openS3("s3://lab/r.zarr")).read("a"))).toMatch(
    /: no credentials were found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE/,
  );
});
