// The pool: the same frames on any number of threads, in order, at the consumer's pace; and every way it can end.
import { custom } from "@minisim/pipeline";
import { type Chunk, createPool, type PoolOptions, type RunOptions, render } from "@minisim/render";
import { describe, expect, test } from "vitest";
import { coarseLight, collect, FOV, FRAMES, type Part, programOf, rampLight } from "./programs.ts";

const module = new URL("./fixtures/verbs.mjs", import.meta.url).href;
const own = (name: string, operands: Parameters<typeof custom>[2]): Part => ({
  kind: "b_own",
  make: () => custom(module, name, operands),
});
const program = programOf([rampLight(), coarseLight(), own("addToRow", { row: 1, step: 2.5 })], 2);
const failing = (how: string) => programOf([rampLight(), own("failAt", { frame: 7, how })]);
const jobs = (...lengths: number[]) => {
  let t = 0;
  return lengths.map((length) => Int32Array.from({ length }, () => t++ % FRAMES));
};

describe("render", () => {
  test.each([1, 2, 3])("on %i workers gives the same blocks", async (workers) => {
    for (const options of [{ blockFrames: 1 }, { blockFrames: 4, taps: ["b_own"] }]) {
      expect(await collect(program, { ...options, workers })).toEqual(
        await collect(program, options),
      );
    }
  });

  test("in any order, on the reference backend too", async () => {
    const options = { frames: [9, 2, 2, 10, 0], blockFrames: 2, backend: "reference" } as const;
    expect(await collect(program, { ...options, workers: 2 })).toEqual(
      await collect(program, options),
    );
  });

  test("a consumer may break off", async () => {
    const seen: number[] = [];
    for await (const { frames } of render(program, { blockFrames: 2, workers: 2 })) {
      seen.push(...frames);
      break;
    }
    expect(seen).toEqual([0, 1]);
  });
});

describe.each([1, 2])("a pool of %i", (workers) => {
  const all = async (
    { delivery, ...options }: PoolOptions & RunOptions,
    given = jobs(3, 5, 3),
    which = program,
  ) => {
    const pool = createPool(which, { workers, blockFrames: 2, ...options });
    const results: unknown[] = [];
    try {
      for await (const result of pool.run(given, delivery && { delivery })) results.push(result);
      return { results, pool };
    } finally {
      await pool.release();
    }
  };

  test("renders jobs of several blocks into one chunk each", async () => {
    const { results } = await all(
      { taps: ["a_light"] },
      jobs(3, 5, 3),
      programOf([rampLight("a_light")]),
    );
    const { movie } = await collect(programOf([rampLight("a_light")]));
    const chunks = results as Chunk[];
    expect(chunks.map(({ frames }) => frames.length)).toEqual([3, 5, 3]);
    expect(chunks.flatMap(({ data }) => [...data])).toEqual(movie);
    expect(chunks.flatMap(({ taps }) => [...taps.get("a_light")!])).toEqual(movie);
  });

  test("renders several runs, one after another, and counts what it did", async () => {
    const pool = createPool(program, { workers, blockFrames: 4 });
    const heard: number[] = [];
    for (let run = 0; run < 2; run++) {
      const onProgress = ({ done }: { done: number }) => heard.push(done);
      for await (const _ of pool.run(jobs(4, 4), { onProgress }));
    }
    await pool.release();
    expect(heard).toEqual([4, 8, 4, 8]);
    expect(pool.profile.workers).toHaveLength(workers);
    expect(pool.profile.workers.reduce((sum, { frames }) => sum + frames, 0)).toBe(16);
  });

  test("delivers where it rendered", async () => {
    const delivery = { module, export: "describeChunk", arguments: { word: "here" } };
    const { results } = await all({ delivery, taps: ["b_own"], until: "b_own" }, jobs(3, 8));
    const { movie } = await collect(program);
    const told = results as { word: string; frames: number[]; pixels: number[]; taps: object }[];
    expect(told.map(({ word }) => word)).toEqual(["here", "here"]);
    expect(told.flatMap(({ frames }) => frames)).toEqual([...Array(FRAMES).keys()]);
    expect(told.flatMap(({ pixels }) => pixels)).toEqual(movie);
    expect(told[0]!.taps).toEqual({ b_own: 3 * (FOV.height + 4) * (FOV.width + 4) });
  });

  test("loads the module of a delivery on other threads alone", async () => {
    const local = () => async () => async () => "made here";
    const delivery = { module, export: "describeChunk", arguments: { word: "loaded" }, local };
    const { results } = await all({ delivery }, jobs(11));
    const told = results.map((result) => (typeof result === "string" ? result : "loaded"));
    expect(told).toEqual([workers < 2 ? "made here" : "loaded"]);
  });

  test("a verb that throws is one error that names the frames", async () => {
    await expect(all({}, jobs(3, 5, 3), failing("throw"))).rejects.toThrow(
      /^Rendering frame 7 failed: the tissue is gone$/,
    );
  });

  test("a delivery that throws is that error", async () => {
    const delivery = { module, export: "failToDeliver", arguments: null };
    await expect(all({ delivery })).rejects.toThrow(new RangeError("the disk is gone"));
    const missing = { module, export: "missing", arguments: null };
    await expect(all({ delivery: missing })).rejects.toThrow(
      new TypeError(`The module "${module}" has no function "missing" for a delivery.`),
    );
  });

  test("an abort in the middle stops it with the signal's reason", async () => {
    const control = new AbortController();
    const pool = createPool(program, { workers, blockFrames: 1 });
    const seen: unknown[] = [];
    const run = async () => {
      for await (const result of pool.run(jobs(2, 2, 2, 2, 2, 2, 2), { signal: control.signal })) {
        seen.push(result);
        if (seen.length === 2) control.abort("enough");
      }
    };
    await expect(run()).rejects.toBe("enough");
    expect(seen).toHaveLength(2);
    await expect(pool.run(jobs(1)).next()).rejects.toBe("enough");
  });

  test("an abort beforehand starts nothing", async () => {
    const pool = createPool(program, { workers });
    const signal = AbortSignal.abort(new Error("no need"));
    await expect(pool.run(jobs(1), { signal }).next()).rejects.toThrow("no need");
  });

  test("has one run at a time, and none once it is released", async () => {
    const pool = createPool(program, { workers });
    const first = pool.run(jobs(1, 1));
    await first.next();
    await expect(pool.run(jobs(1)).next()).rejects.toThrow("The pool has a run under way.");
    await first.return();
    await expect(pool.run(jobs(1)).next()).rejects.toThrow("The pool was released.");
  });

  test("takes no more than three jobs a worker ahead of its consumer", async () => {
    const pool = createPool(program, { workers, blockFrames: 1 });
    let rendered = 0;
    const onProgress = ({ done }: { done: number }) => {
      rendered = done;
    };
    const run = pool.run(jobs(...Array(20).fill(1)), { onProgress });
    await run.next();
    // Long after what may be rendered is rendered, nothing else is.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(rendered).toBeGreaterThan(0);
    expect(rendered).toBeLessThanOrEqual(3 * workers + 1);
    await run.return();
  });
});

test("a worker that exits is one error that names the frames", async () => {
  const run = async () => {
    for await (const _ of render(failing("exit"), { workers: 2, blockFrames: 2 }));
  };
  await expect(run()).rejects.toThrow(
    /^A render worker stopped with exit code 3 while it rendered frames 6 to 7\.$/,
  );
});

test("wrong numbers of workers, stages without a movie: refused at once", async () => {
  await expect(render(program, { workers: -1 }).next()).rejects.toThrow("at least 0, not -1.");
  expect(() => createPool(program, { workers: 1.5 })).toThrow(
    new RangeError("The number of workers is whole and at least 0, not 1.5."),
  );
  const cells = programOf([{ kind: "cells", domain: "cell" }, rampLight()]);
  expect(() => createPool(cells, { until: "cells" })).toThrow(
    "There is no movie yet at this stage.",
  );
});
