// Claims: alone, whole or not at all, and a replacement that a kill may hit at any moment.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ClaimOptions,
  checkClaim,
  claim,
  joinShared,
  openWorkFolder,
  writeClaimed,
} from "@minisim/output";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

let folder = "";
let path = "";
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "minisim-output-")));
  path = join(folder, "made");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const FOLDER: ClaimOptions = {
  kind: "pair",
  form: "folder",
  owns: (name) => /^[ab]\.txt$/.test(name),
};
const FILE: ClaimOptions = { kind: "text", form: "file" };

/** Makes an output of two files. */
const writePair = (text: string, options: Partial<ClaimOptions> = {}) =>
  writeClaimed(path, { ...FOLDER, ...options }, async (partial) => {
    for (const name of ["a.txt", "b.txt"]) writeFileSync(join(partial, name), `${text} ${name}`);
  });
const read = (name: string) => readFileSync(join(path, name), "utf8");
const hidden = (ending: string) => join(folder, `.made.minisim-${ending}`);

test.each(["s3://lab/made", "https://example.org/made"])("%s is no path", async (address) => {
  const refused = {
    kind: "path",
    code: "not_a_folder",
    message: `${address} is an address, and this is written to a path of this machine alone.`,
  };
  await expect(claim(address, FOLDER)).rejects.toMatchObject(refused);
  await expect(checkClaim(address, FILE)).rejects.toMatchObject(refused);
  const shared = { ...FOLDER, identity: "00", owns: () => true, beside: [] };
  await expect(joinShared(address, shared)).rejects.toMatchObject(refused);
});

describe("a folder", () => {
  test("appears with the list of its files, and nothing stays beside it", async () => {
    await writePair("one");
    expect(readdirSync(folder)).toEqual(["made"]);
    expect(JSON.parse(read(".minisim.json"))).toEqual({
      format: "minisim-output",
      format_version: 1,
      kind: "pair",
      state: "complete",
      files: { "a.txt": 9, "b.txt": 9 },
    });
  });

  test("is replaced as a whole, by force", async () => {
    await writePair("one");
    await expect(writePair("two")).rejects.toMatchObject({ code: "exists" });
    await writePair("two", { force: true });
    expect(read("a.txt")).toBe("two a.txt");
    expect(readdirSync(folder)).toEqual(["made"]);
  });

  test("an old one comes back that a killed replacement had moved away", async () => {
    await writePair("one");
    renameSync(path, hidden("replaced"));
    const next = await claim(path, { ...FOLDER, force: true });
    expect(read("a.txt")).toBe("one a.txt");
    await next.abort();
    expect(readdirSync(folder)).toEqual(["made"]);
  });

  test("an old one that a killed replacement had begun to remove goes, and never comes back", async () => {
    await writePair("one");
    renameSync(path, hidden("replaced"));
    rmSync(join(hidden("replaced"), "a.txt"));
    await writePair("two");
    expect(read("a.txt")).toBe("two a.txt");
    expect(readdirSync(folder)).toEqual(["made"]);
  });

  test("what a writer made that its kind does not have is no part of the list", async () => {
    await writeClaimed(path, FOLDER, async (partial) => {
      for (const name of ["a.txt", "strange.txt"]) writeFileSync(join(partial, name), name);
    });
    expect(JSON.parse(read(".minisim.json")).files).toEqual({ "a.txt": 5 });
    await expect(writePair("two", { force: true })).rejects.toMatchObject({ code: "foreign" });
  });

  test("may be an empty one, by force", async () => {
    mkdirSync(path);
    await expect(writePair("one")).rejects.toMatchObject({ code: "exists" });
    await writePair("one", { force: true });
    expect(read("b.txt")).toBe("one b.txt");
  });
});

describe("a file", () => {
  const write = (text: string, options: Partial<ClaimOptions> = {}) =>
    writeClaimed(path, { ...FILE, ...options }, async (partial) => writeFileSync(partial, text));
  const MARKED = "text minisim-output 1 text";

  test("is replaced by force if it carries the mark of its kind", async () => {
    await write(MARKED);
    expect(readdirSync(folder)).toEqual(["made"]);
    await expect(write("two")).rejects.toMatchObject({ code: "exists" });
    await write(`2 ${MARKED}`, { force: true });
    expect(readFileSync(path, "utf8")).toBe(`2 ${MARKED}`);
    for (const [text, kind] of [
      ["no mark", "text"],
      [MARKED, "table"],
    ] as const) {
      writeFileSync(path, text);
      await expect(write("three", { force: true, kind })).rejects.toMatchObject({
        code: "foreign",
      });
      expect(readFileSync(path, "utf8")).toBe(text);
    }
  });

  test("a mark far inside a large file is none", async () => {
    const far = " ".repeat(1 << 20);
    writeFileSync(path, `${far}${MARKED}${far}`);
    await expect(write("two", { force: true })).rejects.toMatchObject({ code: "foreign" });
  });

  test("a writer that fails leaves nothing, also not the folders that were made for it", async () => {
    const deep = join(folder, "new", "deep", "file");
    const fail = async (partial: string) => {
      writeFileSync(partial, "half");
      throw new Error("no more");
    };
    await expect(writeClaimed(deep, FILE, fail)).rejects.toThrow("no more");
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("two writers", () => {
  test("the second is told who has the path, and may have it afterwards", async () => {
    const first = await claim(path, FOLDER);
    await expect(claim(path, FOLDER)).rejects.toMatchObject({
      code: "held",
      message: expect.stringMatching(
        /made is being written by process \d+ on this machine, since \d\d:\d\d:\d\d \(\d+ s ago\)\.$/,
      ),
    });
    // The same place by another way.
    await expect(claim(join(folder, ".", "x", "..", "made"), FOLDER)).rejects.toMatchObject({
      code: "held",
    });
    await first.abort();
    await (await claim(path, FOLDER)).abort();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("the lock of a dead process holds nothing, that of another machine does while it is touched", async () => {
    const since = new Date().toISOString();
    writeFileSync(hidden("lock"), JSON.stringify({ host: hostname(), pid: 2 ** 31 - 1, since }));
    await (await claim(path, FOLDER)).abort();
    expect(existsSync(hidden("lock"))).toBe(false);
    const dead = JSON.stringify({ host: hostname(), pid: 2 ** 31 - 1, since });
    for (const ending of [".a-draft", ".moved-away.dead"])
      writeFileSync(`${hidden("lock")}${ending}`, dead);
    await (await claim(path, FOLDER)).abort();
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(hidden("lock"), JSON.stringify({ host: "elsewhere", pid: 1, since }));
    await expect(claim(path, FOLDER)).rejects.toMatchObject({
      code: "held",
      message: expect.stringContaining("process 1 on elsewhere"),
    });
  });
});

describe("an unfinished output", () => {
  const RESUMABLE: ClaimOptions = { ...FOLDER, identity: "one" };
  const leave = async (options: ClaimOptions) => {
    const { partial, keep } = await claim(path, options);
    writeFileSync(join(partial, "a.txt"), "half");
    await keep();
  };

  test("that can be continued is, or goes by force, never silently", async () => {
    await leave(RESUMABLE);
    for (const options of [RESUMABLE, { ...RESUMABLE, identity: "two", resume: true }]) {
      await expect(claim(path, options)).rejects.toMatchObject({ code: "leftover" });
    }
    const next = await claim(path, { ...RESUMABLE, resume: true });
    expect(next.continued).toBe("the same");
    expect(readFileSync(join(next.partial, "a.txt"), "utf8")).toBe("half");
    await next.keep();
    const fresh = await claim(path, { ...RESUMABLE, force: true });
    expect(fresh.continued).toBe("nothing");
    expect(readdirSync(fresh.partial)).toEqual([".minisim.json"]);
    await fresh.abort();
  });

  test("that cannot be continued makes room", async () => {
    await leave(FOLDER);
    await writePair("one");
    expect(read("a.txt")).toBe("one a.txt");
  });

  const GROWING = ".minisim.json.growing";

  test("that was killed within its first write is as good as none, whatever it was for", async () => {
    for (const half of ["", '{"format": "mini']) {
      mkdirSync(`${path}.partial`);
      writeFileSync(join(`${path}.partial`, GROWING), half);
      const next = await claim(path, { ...RESUMABLE, resume: true });
      expect(next.continued).toBe("nothing");
      expect(readdirSync(next.partial)).toEqual([".minisim.json"]);
      await next.abort();
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  test("that somebody has put something into stays", async () => {
    mkdirSync(`${path}.partial`);
    for (const name of [GROWING, "diary.txt"]) writeFileSync(join(`${path}.partial`, name), "");
    await expect(claim(path, RESUMABLE)).rejects.toMatchObject({ code: "foreign" });
    expect(readdirSync(`${path}.partial`)).toEqual([GROWING, "diary.txt"]);
  });

  test("of a folder that stays open, killed within its first write, is taken over", async () => {
    mkdirSync(path);
    writeFileSync(join(path, GROWING), "");
    const { existed, release } = await openWorkFolder(path, "sweep", []);
    expect(existed).toBe(false);
    expect(readdirSync(path)).toEqual([".minisim.json"]);
    await release();
  });

  test("whose replaced folder was all but removed is no obstacle", async () => {
    mkdirSync(hidden("replaced"));
    writeFileSync(join(hidden("replaced"), GROWING), "");
    await writePair("one");
    expect(readdirSync(folder)).toEqual(["made"]);
  });

  test("that was complete but for its name is taken over", async () => {
    await leave(RESUMABLE);
    const manifest = {
      format: "minisim-output",
      format_version: 1,
      kind: "pair",
      state: "complete",
    };
    const files = { "a.txt": 4 };
    writeFileSync(
      join(`${path}.partial`, ".minisim.json"),
      JSON.stringify({ ...manifest, identity: "one", files }),
    );
    const next = await claim(path, { ...RESUMABLE, resume: true });
    await next.commit();
    expect(read("a.txt")).toBe("half");
  });
});

test("names of unfinished outputs are no outputs", async () => {
  await expect(claim(`${path}.partial`, FOLDER)).rejects.toMatchObject({ code: "inside" });
});
