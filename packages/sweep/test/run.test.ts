import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sweep } from "@minisim/sweep";
import { openCache, type RecordingCache, type RunOptions, runSweep } from "@minisim/sweep/node";
import { parquetReadObjects } from "hyparquet";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { evaluate, points } from "./run-points.ts";
import { base } from "./specs.ts";

let home = "";
let folder = "";
let cache: RecordingCache;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "minisim-run-"));
  // One for all tests: they are about what is done with recordings.
  cache = openCache(join(home, "cache"));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(home, "out-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const options = (more: Partial<RunOptions> = {}): RunOptions => ({
  folder,
  evaluator: "mean 1",
  cache,
  ...more,
});
const csv = () => readFileSync(join(folder, "table.csv"), "utf8");

describe("a run", () => {
  test("gives a row per point, in order, as CSV and Parquet", async () => {
    const { rows, failed } = await runSweep(points, evaluate, options());
    expect(failed).toEqual([]);
    expect(rows.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(Object.keys(rows[0]!)).toEqual([
      "index",
      "acquisition.optics.na",
      "steps.place_neurons.density_per_mm3",
      "seed",
      "repeat",
      "cache_key",
      "cells",
      "mean",
      "wide",
      "error",
    ]);
    expect(rows[5]).toMatchObject({ "acquisition.optics.na": 0.5, seed: 1, repeat: 1, wide: true });
    // Twice the density has all the cells of the first, and more.
    expect(rows[2]!.cells).toBeGreaterThan(rows[0]!.cells as number);
    expect(csv().split("\r\n")).toHaveLength(10);
    const file = readFileSync(join(folder, "table.parquet"));
    const read = await parquetReadObjects({
      file: file.buffer.slice(file.byteOffset, file.byteOffset + file.length) as ArrayBuffer,
    });
    expect(read.map(({ mean, cells }) => [mean, Number(cells)])).toEqual(
      rows.map(({ mean, cells }) => [mean, cells]),
    );
    expect(readdirSync(folder).sort()).toEqual([
      ".minisim.json",
      "points",
      "table.csv",
      "table.parquet",
    ]);
  });

  test("has the same bytes whatever the concurrency, and after any resume", async () => {
    await runSweep(points, evaluate, options({ concurrency: 3 }));
    const first = [csv(), readFileSync(join(folder, "table.parquet"), "hex")];
    rmSync(folder, { recursive: true });
    await runSweep(points, evaluate, options());
    expect([csv(), readFileSync(join(folder, "table.parquet"), "hex")]).toEqual(first);
    let again = 0;
    const count = () => {
      again += 1;
      return {};
    };
    const seen: boolean[] = [];
    await runSweep(
      points,
      count,
      options({
        resume: true,
        onProgress: (p) => {
          if (p.kind === "point") seen.push(p.reused);
        },
      }),
    );
    expect([again, seen]).toEqual([0, Array(8).fill(true)]);
    expect([csv(), readFileSync(join(folder, "table.parquet"), "hex")]).toEqual(first);
  });

  test("does not mix with an earlier one unless it is told to go on with it", async () => {
    await runSweep(points, evaluate, options());
    await expect(runSweep(points, evaluate, options())).rejects.toThrow(
      /has points of an earlier run; resume that one, or choose another folder\.$/,
    );
    let calls = 0;
    const other = () => {
      calls += 1;
      return { x: 1 };
    };
    await runSweep(points, other, options({ resume: true, evaluator: "other" }));
    expect(calls).toBe(8);
  });

  test("goes on with a sweep that has grown", async () => {
    const some = sweep(base, { seed: [3, 4] });
    const more = sweep(base, { seed: [2, 3, 4] });
    const evaluated: number[] = [];
    const note = ({ spec }: { spec: { seed: number } }) => {
      evaluated.push(spec.seed);
      return {};
    };
    await runSweep(some, note, options());
    await runSweep(more, note, options({ resume: true }));
    expect(evaluated).toEqual([3, 4, 2]);
  });

  test("keeps what each of several evaluations has said, whatever becomes of the others", async () => {
    const two = sweep(base, { seed: [3, 4] });
    const asked: string[] = [];
    const asking = (name: string, answer: (seed: number) => object) => ({
      name,
      evaluate: ({ spec: { seed } }: { spec: { seed: number } }) => {
        asked.push(`${name} ${seed}`);
        return answer(seed);
      },
    });
    const first = asking("first", (seed) => ({ both: 1, x: seed }));
    const failing = asking("second", (seed) => {
      if (seed === 4) throw new Error("no luck.");
      return { both: 2, y: seed };
    });
    const { failed } = await runSweep(two, [first, failing], options());
    expect(failed.map(({ message }) => message)).toEqual(["no luck."]);
    expect(csv()).toMatch(
      /^index,seed,cache_key,both,x,y,error\r\n0,3,[0-9a-f]{16},2,3,3,\r\n1,4,[0-9a-f]{16},,,,no luck\.\r\n$/,
    );
    const mended = asking("second", (seed) => ({ both: 2, y: seed }));
    const third = asking("third", (seed) => ({ z: seed }));
    asked.splice(0);
    await runSweep(two, [first, mended, third], options({ resume: true }));
    expect(asked).toEqual(["third 3", "second 4", "third 4"]);
    expect(csv()).toMatch(/,2,4,4,4,\r\n$/);
  });

  test("reads an unreadable point as one that was not finished", async () => {
    const one = sweep(base, { seed: [3] });
    await runSweep(one, () => ({ x: 1 }), options());
    const [name] = readdirSync(join(folder, "points"));
    writeFileSync(join(folder, "points", name!), "{");
    await runSweep(one, () => ({ x: 2 }), options({ resume: true }));
    expect(csv()).toMatch(/^index,seed,cache_key,x,error\r\n0,3,[0-9a-f]{16},2,\r\n$/);
  });

  test("keeps a second table of what each point is made of", async () => {
    const two = sweep(base, { seed: [3, 4] });
    const inPieces = ({ spec }: { spec: { seed: number } }) => {
      const cells = spec.seed === 3 ? [{ r: 0.5 }, { r: null, odd: true }] : [{ r: Number.NaN }];
      return { x: 1, cells };
    };
    const cells = () => readFileSync(join(folder, "cells.csv"), "utf8");
    await runSweep(two, inPieces, options({ parts: "cells" }));
    expect(cells()).toBe("index,seed,r,odd\r\n0,3,0.5,\r\n0,3,,true\r\n1,4,NaN,\r\n");
    expect(csv().split("\r\n")[0]).toBe("index,seed,cache_key,x,error");
    const first = [cells(), readFileSync(join(folder, "cells.parquet"), "hex")];
    const never = () => expect.unreachable();
    await runSweep(two, never, options({ parts: "cells", resume: true }));
    expect([cells(), readFileSync(join(folder, "cells.parquet"), "hex")]).toEqual(first);
  });

  test("evaluates a point anew whose pieces nobody had asked for", async () => {
    const one = sweep(base, { seed: [3] });
    await runSweep(one, () => ({ x: 1 }), options());
    const inPieces = () => ({ x: 2, cells: [{ r: 1 }] });
    const { rows } = await runSweep(one, inPieces, options({ parts: "cells", resume: true }));
    expect(rows[0]!.x).toBe(2);
  });

  test.each([
    [{ x: 1 }, 'the evaluation returned no list of "cells".'],
    [{ cells: [{ seed: 1 }] }, 'the result "seed" has the name of another column.'],
    [{ cells: [3] }, "the evaluation returned no record of results."],
  ])("says what is wrong with pieces: %j", async (result, message) => {
    const one = sweep(base, { seed: [3] });
    const { failed } = await runSweep(one, () => result, options({ parts: "cells" }));
    expect(failed.map((failure) => failure.message)).toEqual([message]);
  });

  test("keeps NaN and infinity through a resume", async () => {
    const one = sweep(base, { seed: [3] });
    const odd = { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, none: undefined, zero: -0 };
    const fresh = await runSweep(one, () => odd, options());
    const kept = await runSweep(one, () => ({}), options({ resume: true }));
    expect(kept.rows).toEqual(fresh.rows);
    expect(kept.rows[0]).toMatchObject({
      nan: Number.NaN,
      inf: Number.POSITIVE_INFINITY,
      none: null,
      zero: 0,
    });
  });

  test("refuses a folder where another is at work", async () => {
    const one = sweep(base, { seed: [3] });
    const inner: unknown[] = [];
    await runSweep(
      one,
      async () => {
        inner.push(await runSweep(one, () => ({}), options({ resume: true })).catch((e) => e));
        return {};
      },
      options(),
    );
    expect(inner).toMatchObject([{ code: "held" }]);
    expect(String(inner[0])).toContain(`${folder} is being used by process ${process.pid} on`);
  });

  test("refuses a folder of somebody else's, and a table that somebody has edited", async () => {
    const one = sweep(base, { seed: [3] });
    writeFileSync(join(folder, "table.csv"), "mine");
    await expect(runSweep(one, () => ({}), options())).rejects.toMatchObject({
      code: "foreign",
      message: `${folder} is a folder that minisim did not make for a sweep. Choose another path.`,
    });
    expect(csv()).toBe("mine");
    rmSync(join(folder, "table.csv"));
    await runSweep(one, () => ({}), options());
    await runSweep(one, () => ({}), options({ resume: true }));
    writeFileSync(join(folder, "table.csv"), "edited");
    await expect(runSweep(one, () => ({}), options({ resume: true }))).rejects.toMatchObject({
      code: "foreign",
      message: `${join(folder, "table.csv")} is in the way and was edited since minisim wrote it, or is not minisim's. Move it away, or choose another path.`,
    });
    expect(csv()).toBe("edited");
  });
});

describe("points that fail", () => {
  const seeds = sweep(base, { seed: [0, 1, 2] });

  test("have a row with the reason; the others go on; a resume tries them again", async () => {
    let broken = true;
    const evaluated: number[] = [];
    const fragile = ({ index }: { index: number }) => {
      evaluated.push(index);
      if (broken && index === 1) throw new Error("too dark, by far");
      return { ok: index };
    };
    const { rows, failed } = await runSweep(seeds, fragile, options());
    expect(rows.map(({ ok, error }) => [ok, error])).toEqual([
      [0, null],
      [null, "too dark, by far"],
      [2, null],
    ]);
    expect(failed.map(({ variant, message }) => [variant.tags, message])).toEqual([
      [{ seed: 1 }, "too dark, by far"],
    ]);
    expect(csv()).toContain(',,"too dark, by far"\r\n');
    broken = false;
    const second = await runSweep(seeds, fragile, options({ resume: true }));
    expect(second.failed).toEqual([]);
    expect(evaluated).toEqual([0, 1, 2, 1]);
  });

  test.each([
    [{ a: [1] }, 'the result "a" is a list'],
    [{ a: { b: 1 } }, 'the result "a" is a object'],
    [{ seed: 1 }, 'the result "seed" has the name of another column.'],
    [null, "the evaluation returned no record of results."],
  ])("because of what they returned: %j", async (result, sentence) => {
    const { failed } = await runSweep(seeds, () => result as object, options());
    expect(failed.map(({ message }) => message.startsWith(sentence))).toEqual([true, true, true]);
  });

  test("because a chunk of their recording is damaged get a new one", async () => {
    const one = sweep(base, { seed: [99] });
    const own = openCache(join(home, "damaged"));
    const { path, release } = await own.get(one.variants[0]!.spec);
    await release();
    const chunk = readdirSync(join(path, "observed"), {
      recursive: true,
      withFileTypes: true,
    }).find((entry) => entry.isFile() && entry.name !== "zarr.json")!;
    const file = join(chunk.parentPath, chunk.name);
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1]! ^= 0xff;
    writeFileSync(file, bytes);
    const cells: number[] = [];
    const counting = async (input: Parameters<typeof evaluate>[0]) => {
      cells.push(input.index);
      return evaluate(input);
    };
    const { failed, rows } = await runSweep(one, counting, options({ cache: own }));
    expect(failed).toEqual([]);
    // The first stopped at the damaged chunk.
    expect(cells).toEqual([0, 0]);
    const sound = await runSweep(one, evaluate, options({ resume: true, evaluator: "sound" }));
    expect(rows).toEqual(sound.rows);
  });
});

test("a cache that cannot be used stops the run", async () => {
  const file = join(home, "file");
  writeFileSync(file, "");
  const run = runSweep(points, evaluate, options({ cache: openCache(file) }));
  await expect(run).rejects.toMatchObject({ name: "PathError", code: "not_a_folder" });
  expect(readdirSync(join(folder, "points"))).toEqual([]);
  // The folder is free again.
  await runSweep(sweep(base, { seed: [3] }), () => ({}), options());
  expect(csv().split("\r\n")).toHaveLength(3);
});

test("an abort stops the run; what was finished stays", async () => {
  const control = new AbortController();
  const reason = new Error("enough");
  const stopping = async (input: Parameters<typeof evaluate>[0]) => {
    if (input.index === 3) control.abort(reason);
    return evaluate(input);
  };
  const run = runSweep(points, stopping, options({ signal: control.signal }));
  await expect(run).rejects.toBe(reason);
  expect(readdirSync(join(folder, "points"))).toHaveLength(3);
  expect(existsSync(join(folder, "table.csv"))).toBe(false);
  expect(readdirSync(folder).sort()).toEqual([".minisim.json", "points"]);
});
