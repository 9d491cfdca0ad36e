// The command line and a server of S3, moto's, on this machine. Needs .venv-moto (.ci/interop-venv.sh); fails without it.
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Moto, startMoto } from "../../../packages/minisim/test/moto.ts";
import { at, minisim, TINY, write } from "./harness.ts";

let moto: Moto;
beforeAll(async () => {
  moto = await startMoto();
});
beforeEach(async () => {
  await moto.reset("lab");
  write("tiny.yaml", TINY);
});
afterAll(() => moto.stop());

const ADDRESS = "s3://lab/my data/r.zarr";
const simulate = (output: string, ...words: string[]) =>
  minisim(["simulate", "tiny.yaml", "-o", output, ...words]);

test("what is simulated there is described, drawn, exported and compared as one in a folder", async () => {
  const far = await simulate(`${ADDRESS}/`, "--json");
  const near = await simulate("r.zarr", "--json");
  const { seconds, estimate, ...said } = JSON.parse(far.out);
  expect(JSON.parse(near.out)).toMatchObject({ ...said, path: "r.zarr" });
  expect(seconds).toBeGreaterThan(0);
  expect(estimate.frames).toBe(20);
  const inspected = await minisim(["inspect", "r.zarr"]);
  expect(await minisim(["inspect", ADDRESS])).toMatchObject({
    code: 0,
    out: inspected.out.replace("r.zarr", ADDRESS),
  });
  for (const [source, folder] of [
    [ADDRESS, "far"],
    ["r.zarr", "near"],
  ] as const) {
    await minisim(["render", source, "-o", folder, "--only", "max", "--quiet"]);
    await minisim(["export", source, "-o", `${folder}.tif`, "--quiet"]);
  }
  for (const file of ["far/max.png", "far.tif"])
    expect(readFileSync(at(file), "hex")).toBe(
      readFileSync(at(file.replace("far", "near")), "hex"),
    );
  const asked = (source: string) => [
    ["score", source, "oracle", "--json"],
    ["measure", source, "--json"],
  ];
  for (const [i, words] of asked("r.zarr").entries()) {
    const { path: _, ...expected } = JSON.parse((await minisim(words)).out);
    expect(JSON.parse((await minisim(asked(ADDRESS)[i]!)).out)).toMatchObject(expected);
  }
  const report = ["report", ADDRESS, "oracle", "-o", "page.html", "--quiet"];
  expect(await minisim(report)).toMatchObject({ code: 0, err: "" });
  const same = await minisim(["compare", ADDRESS, "r.zarr", "--exit-code", "--quiet"]);
  expect(same.code).toBe(0);
  expect(await simulate(ADDRESS)).toMatchObject({
    code: 1,
    err: `error: ${ADDRESS} holds a recording already, which was left as it is. Choose another address.\n`,
  });
  expect(readdirSync(at()).sort()).toEqual([
    "far",
    "far.tif",
    "near",
    "near.tif",
    "page.html",
    "r.zarr",
    "tiny.yaml",
  ]);
});

test("shards, status between them, and finish", async () => {
  expect((await minisim(["status", ADDRESS])).out).toBe(`${ADDRESS}\n  nothing is there\n`);
  expect((await simulate(ADDRESS, "--shard", "2/2")).out).toBe(
    `${ADDRESS}\n  shard 2/2: none of the chunks is its own\n  minisim finish ${ADDRESS} puts all shards together\n`,
  );
  expect((await minisim(["status", ADDRESS])).out).toBe(
    `${ADDRESS}\n  0 of 1 chunks; the ground truth is not there yet\n  shard 1/2  0 of 1\n`,
  );
  expect(await minisim(["finish", ADDRESS])).toMatchObject({
    code: 1,
    err: `error: ${ADDRESS} is not finished: it lacks 1 chunk of its frames and part of its ground truth. Run again: --shard 1/2.\n`,
  });
  expect(await minisim(["inspect", ADDRESS])).toMatchObject({
    code: 1,
    err: `error: The recording ${ADDRESS} is not finished: it is being made, or its writer has ended.\n`,
  });
  expect(await simulate(ADDRESS, "--shard", "1/2", "--seed", "4")).toMatchObject({
    code: 1,
    err: `error: ${ADDRESS} holds an unfinished recording of another spec, another --set, or another version of minisim. Finish that one, remove it, or choose another address.\n`,
  });
  expect((await simulate(ADDRESS, "--shard", "1/2", "--finish")).out).toBe(
    `${ADDRESS}\n  shard 1/2: its 1 chunk is there\n  finished\n`,
  );
  expect((await minisim(["finish", ADDRESS])).out).toBe(`${ADDRESS} is finished.\n`);
  expect((await simulate(ADDRESS, "--shard", "1/2")).out).toBe(`${ADDRESS}\n  finished\n`);
});

test("one that lacks nothing but its end is ended by finish", async () => {
  // One shard of one puts all but the end.
  expect((await simulate(ADDRESS, "--shard", "1/1")).code).toBe(0);
  expect((await minisim(["status", ADDRESS])).out).toBe(
    `${ADDRESS}\n  one process makes it, or has left it, with 1 of 1 chunks: the same command goes on with that, and minisim finish ${ADDRESS} ends it\n`,
  );
  expect((await minisim(["finish", ADDRESS])).out).toBe(`${ADDRESS} is finished.\n`);
  expect((await minisim(["status", ADDRESS])).out).toBe(`${ADDRESS}\n  finished\n`);
});

test("one that is interrupted says what it leaves, and the same command goes on", async () => {
  const words = ["simulate", "tiny.yaml", "-o", ADDRESS, "--set", "acquisition.duration_s=600"];
  const control = new AbortController();
  // The estimate is said when all is compiled, before the first chunk is put.
  const stopped = await minisim(words, {
    signal: control.signal,
    onErr: (text) => {
      if (text.startsWith("estimate")) setTimeout(() => control.abort(), 300);
    },
  });
  expect(stopped).toMatchObject({
    code: 130,
    err: expect.stringMatching(
      /error: interrupted; what was put is in s3:\/\/lab\/my data\/r\.zarr: the same command goes on with it\.\n$/,
    ),
  });
  expect((await minisim(["status", ADDRESS])).out).toMatch(
    /^s3:\/\/lab\/my data\/r\.zarr\n {2}one process makes it, or has left it, with \d of \d chunks: the same command goes on with that\n$/,
  );
  expect((await minisim([...words, "--quiet"])).code).toBe(0);
  expect((await minisim(["status", ADDRESS])).out).toBe(`${ADDRESS}\n  finished\n`);
});
