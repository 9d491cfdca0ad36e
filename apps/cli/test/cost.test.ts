// What a job will cost is said before it starts, and a job that the machine cannot bear does not start.
import { readdirSync, readFileSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import { checkRoom } from "../src/cost.ts";
import { at, minisim, TINY, write } from "./harness.ts";

beforeEach(() => {
  write("tiny.yaml", TINY);
});

const files = () => readdirSync(at()).sort();

describe("--dry-run says the cost and makes nothing", () => {
  const cost = {
    frames: 20,
    disk_bytes: expect.any(Number),
    memory_bytes: expect.any(Number),
    seconds: expect.any(Number),
  };
  test.each<[string, string[]]>([
    ["simulate", ["simulate", "tiny.yaml", "--dry-run"]],
    ["export", ["export", "tiny.yaml", "--to", "tiff", "--dry-run"]],
  ])("%s", async (_, argv) => {
    const { code, out } = await minisim(argv);
    expect(code).toBe(0);
    expect(out).toMatch(/^estimate: 20 frames, .+ on disk, .+ of memory, about 0:01$/m);
    const asJson = JSON.parse((await minisim([...argv, "--json"])).out);
    expect(asJson).toMatchObject(cost);
    // One byte a pixel.
    if (argv[0] === "export") expect(asJson.disk_bytes).toBe(20 * 24 * 20);
    expect(files()).toEqual(["tiny.yaml"]);
  });

  test("sweep, with its pipelines but without a command of the user's", async () => {
    const command = "mine=cp {recording} {estimate}";
    write("sweep.yaml", "base: tiny.yaml\nrepeats: 3\npipeline: roi_mean\n");
    const argv = ["sweep", "sweep.yaml", "--cache", "cache", "--pipeline", command, "--dry-run"];
    const { code, out } = await minisim(argv);
    expect(code).toBe(0);
    expect(out).toMatch(
      /pipelines +roi_mean, mine: about .+; without mine, whose time is not known/,
    );
    const cost = JSON.parse((await minisim([...argv, "--json"])).out);
    expect(cost).toMatchObject({ points: 3, frames: 60, not_included: ["mine"] });
    expect(cost.pipelines_s).toBeGreaterThan(0);
    expect(cost.seconds).toBe(cost.expected_s + cost.pipelines_s);
  });
});

/** A step that writes down how many frames it was compiled for. */
const COUNTING = (path: string) => `
import { appendFileSync } from "node:fs";
import { z } from ${JSON.stringify(import.meta.resolve("zod"))};
export const counting = {
  kind: "counting",
  revision: 1,
  domain: "tissue",
  summary: "Counts.",
  sources: ["a test"],
  params: z.strictObject({}),
  compile({ geometry }) {
    appendFileSync(${JSON.stringify(path)}, geometry.n_frames + "\\n");
    return {};
  },
};
`;

describe("--dry-run of a long recording", () => {
  beforeEach(() => {
    write("counting.mjs", COUNTING(at("compiled")));
    const day = TINY.replace("duration_s: 1", "duration_s: 86400");
    write("day.yaml", day.replace("steps:", "steps:\n  - kind: counting"));
    write("sweep.yaml", "base: day.yaml\naxes: { seed: [1, 2, 3] }\n");
  });

  const frames = 86400 * 20;

  test.each<[string, string[], object]>([
    ["simulate", ["simulate", "day.yaml"], { frames }],
    // One byte a pixel.
    [
      "export",
      ["export", "day.yaml", "--to", "tiff"],
      { frames, disk_bytes: frames * 24 * 20, seconds: expect.any(Number) },
    ],
    [
      "sweep",
      ["sweep", "sweep.yaml", "--cache", "cache"],
      { frames: 3 * frames, decoded_bytes: 3 * frames * 24 * 20 },
    ],
  ])("%s compiles its first part alone, and counts all of it", async (_, argv, expected) => {
    const words = [...argv, "--plugin", "./counting.mjs", "--dry-run", "--json"];
    const { code, out, err } = await minisim(words);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(out)).toMatchObject(expected);
    const compiled = readFileSync(at("compiled"), "utf8").trim().split("\n").map(Number);
    expect(Math.max(...compiled)).toBeLessThan(frames / 4);
  });
});

test("export tells the same of a short recording and of one that it makes", async () => {
  const argv = ["export", "tiny.yaml", "--to", "tiff", "--json"];
  const dry = JSON.parse((await minisim([...argv, "--dry-run"])).out);
  const { estimate } = JSON.parse((await minisim([...argv, "-o", "movie.tif"])).out);
  expect({ ...dry, seconds: 0 }).toEqual({ ...estimate, seconds: 0 });
});

test("a job that runs says it too, on stderr and in the JSON", async () => {
  const run = await minisim(["simulate", "tiny.yaml", "-o", "a.zarr", "--json"]);
  expect(run.estimate).toMatch(/^estimate: 20 frames, .+ on disk, .+ of memory, about 0:01$/m);
  const { estimate, size_bytes } = JSON.parse(run.out);
  // Compressed frames and decoded truth. Of a store as small as this, most is the names and units of some thirty arrays, 2 kB each.
  expect(estimate.disk_bytes).toBeGreaterThan(0.1 * size_bytes);
  expect(estimate.disk_bytes).toBeLessThan(5 * size_bytes);
  const quiet = await minisim(["simulate", "tiny.yaml", "-o", "b.zarr", "--quiet"]);
  expect(quiet).toEqual({ code: 0, out: "", err: "" });
});

test("a path that is taken is refused before anything is computed", async () => {
  await minisim(["simulate", "tiny.yaml", "-o", "a.zarr"]);
  for (const argv of [
    ["simulate", "tiny.yaml", "-o", "a.zarr"],
    ["export", "tiny.yaml", "--to", "suite2p", "-o", "a.zarr"],
  ]) {
    const { code, err, estimate } = await minisim(argv);
    expect({ code, estimate }).toEqual({ code: 1, estimate: undefined });
    expect(err).toMatch(/exists already|another kind of output/);
  }
});

describe("no room", () => {
  test("on the disk or in memory: one message that says both, and how to go on", async () => {
    const job = { disk_bytes: 1e18, memory_bytes: 1e15 };
    const error = await checkRoom(job, at("not/there.zarr")).catch((reason: Error) => reason);
    expect((error as Error).message.split("\n")).toEqual([
      expect.stringMatching(/^The job takes about 1000 TB of memory, and .+ is free\.$/),
      expect.stringMatching(
        /^The output takes about 1000000 TB, and the disk of .+there\.zarr has .+ free\.$/,
      ),
      "Nothing was written. --yes goes on all the same.",
    ]);
  });

  test("is no matter for a job that fits", async () => {
    await expect(checkRoom({ disk_bytes: 1, memory_bytes: 1 }, at())).resolves.toBeUndefined();
  });
});
