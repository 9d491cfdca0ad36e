// A pipeline of a few lines, run and found again.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import {
  type Adapter,
  loadAdapter,
  type PrepareOptions,
  preparePipeline,
  type RunInput,
  runPipeline,
} from "@minisim/pipelines";
import { isMinisimError } from "@minisim/spec";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { at, cache, fixture, input } from "./recorded.ts";

let fake: Adapter;
beforeAll(async () => {
  fake = await loadAdapter(fixture("fake"));
});
beforeEach(() => rmSync(at("runs"), { force: true }));

type Options = Partial<RunInput & PrepareOptions>;
async function run(options: Options = {}, adapter = fake) {
  const env = { ...process.env, FAKE_RUNS: at("runs") };
  const prepared = await preparePipeline(adapter, { cache: cache(), env, ...options });
  return runPipeline(prepared, { ...input(), ...options });
}
const runs = () => (existsSync(at("runs")) ? readFileSync(at("runs"), "utf8").split("\n") : []);

/** The sentence and code of the error that a run throws. */
async function failure(options: Options) {
  const error = await run(options).catch((error: unknown) => error);
  if (!isMinisimError(error)) throw error;
  return { code: error.code, message: error.message };
}

describe("a run", () => {
  test("leaves its result, what was run, and all that was said", async () => {
    const stages: string[] = [];
    const finished = await run({
      parameters: { side: 5 },
      onProgress: ({ done, total, stage }) => stages.push(`${stage} ${done}/${total}`),
    });
    expect(readdirSync(finished.path).sort()).toEqual(["cells.npy", "log.txt", "run.json"]);
    expect(readFileSync(`${finished.path}/log.txt`, "utf8")).toContain("a warning of some library");
    expect(stages.filter((stage) => !stage.startsWith("writing"))).toEqual([
      "looking 1/2",
      "done 2/2",
    ]);
    expect(stages).toContain("writing the movie 10/10");
    expect(finished.document).toMatchObject({
      pipeline: { name: "fake", version: "1.2", sha256: fake.sha256 },
      parameters: { side: 5, weight: 1.5, round: false, way: "well" },
      recording: { n_frames: 10, height: 48, width: 40 },
      result: { format: "npy", path: "cells.npy" },
      environment: null,
    });
    expect(JSON.stringify(finished.document)).not.toContain(at());
    expect(readdirSync(at("cache/making"))).toEqual([]);
    await finished.release();
  });

  test("of the same is found, of anything else is made", async () => {
    const first = await run({ parameters: { weight: 2 } });
    const same = await run({ parameters: { weight: 2, side: 6 } });
    expect([first.hit, same.hit, same.path]).toEqual([false, true, first.path]);
    expect(runs()).toHaveLength(2); // one line, and the end
    const others = [
      { parameters: { weight: 3 } },
      { parameters: { weight: 2 }, recordingKey: "0123456789abcdef" },
    ];
    for (const other of others) expect((await run(other)).hit).toBe(false);
    expect((await run({ parameters: { weight: 2 }, again: true })).hit).toBe(false);
  });

  test("of a script that has changed is made anew", async () => {
    await cp(fixture("fake"), at("mine"), { recursive: true });
    const before = await loadAdapter(at("mine"));
    writeFileSync(at("mine/helper.mjs"), "export const more = 1;\n");
    const after = await loadAdapter(at("mine"));
    expect(after.sha256).not.toBe(before.sha256);
    await run({}, fake);
    // Where it lies does not matter.
    expect((await run({}, before)).hit).toBe(true);
    expect((await run({}, after)).hit).toBe(false);
  });

  test("that lost a file is made anew", async () => {
    const first = await run({ parameters: { side: 9 } });
    await first.release();
    rmSync(first.result);
    const second = await run({ parameters: { side: 9 } });
    expect([second.hit, existsSync(second.result)]).toEqual([false, true]);
    await second.release();
  });
});

describe("a run that does not end well", () => {
  test("fails in one sentence, keeps its log, and nothing counts as finished", async () => {
    const { code, message } = await failure({ parameters: { way: "fails" } });
    expect(code).toBe("failed");
    const [, log = ""] =
      /^The pipeline fake ended with exit code 3: ValueError: no cells in sight\. Its log is (.*)\.$/.exec(
        message,
      ) ?? [];
    expect(readFileSync(log, "utf8")).toContain("Traceback: line 7\n");
    await failure({ parameters: { way: "fails" } });
    expect(runs().filter(Boolean)).toEqual(["fails", "fails"]);
  });

  test("that made nothing says so", async () => {
    const { code, message } = await failure({ parameters: { way: "silent" } });
    expect([code, message]).toEqual([
      "failed",
      expect.stringMatching(
        /^The pipeline fake ended well, but made no cells\.npy\. Its log is .*\.log\.$/,
      ),
    ]);
  });

  test("that is interrupted ends its program, and the next begins anew", async () => {
    const control = new AbortController();
    const reason = new Error("enough");
    const running = run({
      parameters: { way: "sleeps" },
      signal: control.signal,
      onProgress: ({ stage }) => {
        if (stage === "looking") control.abort(reason);
      },
    });
    await expect(running).rejects.toBe(reason);
    for (const folder of ["making", "leases", "locks"]) {
      expect(readdirSync(at("cache", folder)).filter((name) => name.endsWith(".run"))).toEqual([]);
    }
  });

  test("of a program that is not there says so", async () => {
    const { code, message } = await failure({ parameters: { side: 7 }, env: { PATH: at() } });
    expect(code).toBe("failed");
    expect(message).toMatch(/^The pipeline fake could not be started.* Its log is /);
  });
});

describe("parameters", () => {
  test("that cannot be are told all at once, with range and unit", async () => {
    const parameters = { side: 21, weight: "much", sied: 3, round: 1, way: "otherwise" };
    expect(await failure({ parameters })).toEqual({
      code: "settings",
      message: [
        "These are no parameters of fake:",
        "  side: must be a whole number of 1 to 20 px (got 21).",
        '  weight: must be a number of 0.1 to 10 (got "much").',
        '  sied: is no parameter of fake. Did you mean "side"?',
        "  round: must be true or false (got 1).",
        '  way: must be well or fails or silent or sleeps (got "otherwise").',
      ].join("\n"),
    });
    const one = await failure({ parameters: { side: 2.5 } });
    expect(one.message).toBe("side: must be a whole number of 1 to 20 px (got 2.5).");
    const unknown = await failure({ parameters: { xyz: 1 } });
    expect(unknown.message).toBe(
      "xyz: is no parameter of fake. They are side, weight, round, way.",
    );
  });

  test("--python of a pipeline without Python is refused", async () => {
    expect(await failure({ python: "python3" })).toEqual({
      code: "settings",
      message: "fake runs without Python, so --python says nothing to it.",
    });
  });
});

test("the naive pipeline's result is a file that is read", async () => {
  const naive = await loadAdapter("naive");
  const { result, document, release } = await run({ parameters: { radius_um: 12 } }, naive);
  expect(document.parameters).toEqual({ radius_um: 12, peak_to_noise: 4 });
  const { readEstimate } = await import("@minisim/interop");
  const estimate = await readEstimate(result);
  const { roiPipeline } = await import("@minisim/scoring");
  const direct = await roiPipeline(input().recording, { radius_um: 12 });
  expect(estimate.footprints.length).toBe(direct.footprints.length);
  expect(estimate.C).toEqual(direct.C);
  await release();
});
