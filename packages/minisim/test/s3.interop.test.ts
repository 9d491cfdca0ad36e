// Recordings in a server of S3, moto's, on this machine. Needs .venv-moto (.ci/interop-venv.sh); fails without it.
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { isDeepStrictEqual } from "node:util";
import { openS3 } from "@minisim/store-s3";
import {
  finishShards,
  loadRecording,
  openRecording,
  recordingStatus,
  saveRecording,
  simulateShard,
  simulateToStore,
} from "minisim/node";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { filesOf } from "./files.ts";
import { run as runProgram } from "./killed.ts";
import { inBucket, type Moto, startMoto } from "./moto.ts";
import { fiveChunks as spec } from "./specs.ts";

const KILLS = Number(process.env.MINISIM_KILLS ?? 6);

let folder = "";
let moto: Moto;
/** The SHA-256 of every file of the recording in a folder, by its name. */
let whole: ReadonlyMap<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "minisim-s3-"));
  await simulateToStore(spec, join(folder, "whole.zarr"));
  const files = [...filesOf(join(folder, "whole.zarr"))];
  whole = new Map(files.map(([name, hex]) => [name.slice(1), sha256(Buffer.from(hex, "hex"))]));
  moto = await startMoto();
});
beforeEach(() => moto.reset("lab"));
afterAll(async () => {
  await moto.stop();
  rmSync(folder, { recursive: true, force: true });
});

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Every object of the bucket below a prefix, as another client reads it. */
async function objects(prefix: string): Promise<Map<string, string>> {
  const all = Object.entries<string>(JSON.parse(await inBucket("list", "lab")));
  const own = all.filter(([key]) => key.startsWith(prefix));
  return new Map(own.map(([key, hash]) => [key.slice(prefix.length), hash]));
}

async function expectWhole(prefix: string): Promise<void> {
  const found = await objects(prefix);
  expect([...found.keys()].sort()).toEqual([...whole.keys()].sort());
  expect([...found].filter(([key, hash]) => whole.get(key) !== hash)).toEqual([]);
}

test("the objects are the files of a folder, beside whatever else the bucket holds, and read as they are", async () => {
  const others = ["notes.txt", "my data/r.zar", "my data/r.zarr2/zarr.json", "my data/r.zarr"];
  await inBucket("put", "lab", ...others);
  const theirs = await objects("");
  const address = "s3://lab/my data/r.zarr";
  const { size_bytes } = await simulateToStore(spec, `${address}/`, { workers: 2 });
  await expectWhole("my data/r.zarr/");
  const sizes = [...filesOf(join(folder, "whole.zarr")).values()].map(({ length }) => length / 2);
  expect(size_bytes).toBe(sizes.reduce((a, b) => a + b, 0));
  const now = await objects("");
  expect([...theirs].filter(([key, hash]) => now.get(key) !== hash)).toEqual([]);
  const near = await loadRecording(join(folder, "whole.zarr"));
  const far = await loadRecording(address);
  for (const part of ["observed", "ground_truth", "spec"] as const)
    expect([part, isDeepStrictEqual(far[part], near[part])]).toEqual([part, true]);
  await saveRecording(await openRecording(address), "s3://lab/copy.zarr");
  expect(await objects("copy.zarr/")).toEqual(await objects("my data/r.zarr/"));
  // One that is there is refused before anything is compiled.
  const compiled: string[] = [];
  const again = simulateToStore(spec, address, { onStep: (kind) => compiled.push(kind) });
  await expect(again).rejects.toMatchObject({
    code: "exists",
    message: `${address} holds a recording already, which was left as it is. Choose another address.`,
  });
  await expect(simulateToStore(spec, "s3://lab/my data")).rejects.toMatchObject({
    code: "foreign",
  });
  await expect(simulateToStore(spec, "s3://lab/n.zarr", { force: true })).rejects.toMatchObject({
    code: "invalid",
  });
  expect(compiled).toEqual([]);
  const copies = [...(await objects(""))].filter(([key]) => !key.startsWith("copy.zarr/"));
  expect(new Map(copies)).toEqual(now);
});

const child = (path: string, killed?: () => Promise<void>) =>
  runProgram("kill-child.ts", [path, JSON.stringify(spec)], killed);

test(`${KILLS} kills, each after it has come further, leave no recording, and the next run goes on`, async () => {
  const address = "s3://lab/killed.zarr";
  const store = await openS3(address);
  let kills = 0;
  for (let there = 0; kills < KILLS; ) {
    // Some objects further than the last one came; how many are put until the kill arrives is chance.
    const further = async () => {
      while ((await store.list()).size <= there) await new Promise((done) => setTimeout(done, 5));
    };
    const { killed } = await child(address, further);
    there = (await store.list()).size;
    if (!killed || (await recordingStatus(address)).state === "finished") break;
    kills += 1;
    await expect(openRecording(address)).rejects.toMatchObject({ code: "incomplete" });
    const other = simulateToStore({ ...spec, seed: 8 }, address);
    await expect(other).rejects.toMatchObject({ kind: "path", code: "leftover" });
    expect(await recordingStatus(address)).toMatchObject({ state: "partial" });
  }
  expect(kills).toBeGreaterThan(0);
  if ((await recordingStatus(address)).state !== "finished") await simulateToStore(spec, address);
  // The last kill may have met it before its very last put.
  await finishShards(address);
  await expectWhole("killed.zarr/");
});

test("two processes at once make one recording; of two specs one is made", async () => {
  await Promise.all([child("s3://lab/twice.zarr"), child("s3://lab/twice.zarr")]);
  await expectWhole("twice.zarr/");
  const seeds = [7, 8].map((seed) => simulateToStore({ ...spec, seed }, "s3://lab/one.zarr"));
  const ended = await Promise.allSettled(seeds);
  expect(ended.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const made = ended[0]!.status === "fulfilled" ? 7 : 8;
  const stored = await openRecording("s3://lab/one.zarr");
  expect(stored.spec.seed).toBe(made);
  expect(await stored.verify()).toEqual([]);
});

test("shards and finish", async () => {
  const address = "s3://lab/shards.zarr";
  const shard = (number: number) => simulateShard(spec, address, { shard: { number, of: 3 } });
  await Promise.all([shard(3), shard(1)]);
  await expect(finishShards(address)).rejects.toMatchObject({
    code: "incomplete",
    message: `${address} is not finished: it lacks 2 chunks of its frames. Run again: --shard 2/3.`,
  });
  expect(await shard(2)).toMatchObject({ chunks: 2, rendered: 2, published: false });
  await Promise.all([finishShards(address), finishShards(address)]);
  expect(await shard(2)).toMatchObject({ rendered: 0, published: true });
  await expectWhole("shards.zarr/");
});

test("a list of more than one page", async () => {
  const names = Array.from({ length: 1005 }, (_, i) => `many/${i}`);
  // The last as consoles make a folder.
  await inBucket("put", "lab", ...names, "many/");
  const found = await (await openS3("s3://lab/many")).list();
  expect([...found.keys()].sort()).toEqual(names.map((name) => name.slice(5)).sort());
  expect(found.get("1004")).toBe("many/1004".length);
});

test("no such bucket, nobody there, unknown credentials: one sentence, before anything is compiled", async () => {
  const compiled: string[] = [];
  const write = (address: string) =>
    simulateToStore(spec, address, { onStep: (kind) => compiled.push(kind) });
  const refused = (message: string) => ({ kind: "store", code: "unreachable", message });
  await expect(write("s3://nobody/r.zarr")).rejects.toMatchObject(
    refused("s3://nobody/r.zarr/zarr.json could not be read: there is no bucket nobody."),
  );
  process.env.AWS_ENDPOINT_URL = "http://127.0.0.1:1";
  await expect(write("s3://lab/r.zarr")).rejects.toMatchObject(
    refused("s3://lab/r.zarr/zarr.json could not be read: nothing answers at 127.0.0.1."),
  );
  process.env.AWS_ENDPOINT_URL = moto.endpoint;
  // From now on moto asks who one is.
  await moto.post("reset-auth", "0");
  try {
    await expect(write("s3://lab/r.zarr")).rejects.toMatchObject(
      refused(
        "s3://lab/r.zarr/zarr.json could not be read: the server does not know this access key (AWS_ACCESS_KEY_ID).",
      ),
    );
  } finally {
    await moto.post("reset-auth", "inf");
  }
  expect(compiled).toEqual([]);
});

test("a server that goes away in the middle: one sentence from whatever thread it was", async () => {
  const away = await startMoto();
  await away.reset("lab");
  let stopped: Promise<void> | undefined;
  const onChunk = () => {
    stopped ??= away.stop();
  };
  try {
    await expect(
      simulateToStore(spec, "s3://lab/away.zarr", { workers: 2, onChunk }),
    ).rejects.toMatchObject({
      ...{ kind: "store", code: "unreachable" },
      message: expect.stringMatching(
        /^(s3:\/\/lab\/away\.zarr\/\S+|The bucket lab) could not be \w+: [^\n]+\.$/,
      ),
    });
  } finally {
    await (stopped ?? away.stop());
  }
});
