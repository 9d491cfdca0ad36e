// Whose is a path? A careless or hurried user loses nothing: every file below that minisim did not write is there afterwards, as it was.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import { at, minisim, TINY, write } from "./harness.ts";
import { precious, refused } from "./untouched.ts";

beforeEach(() => {
  write("tiny.yaml", TINY);
});

const simulate = (...words: string[]) => minisim(["simulate", "tiny.yaml", "--quiet", ...words]);
const recording = async () => {
  expect((await simulate("-o", "r.zarr")).code).toBe(0);
};

describe("folders of a lab that look like an export", () => {
  const session = JSON.stringify({ miniscopes: ["My_V4_Miniscope"], cameras: ["BehavCam_0"] });
  test.each([
    [
      "miniscope_v4",
      ["day/My_V4_Miniscope/0.avi", "day/BehavCam_0/0.avi"],
      { "day/metaData.json": session },
    ],
    ["miniscope_v3", ["day/msCam1.avi", "day/timestamp.dat", "day/behavCam1.avi"], {}],
    [
      "suite2p",
      ["day/raw_001.tif", "day/suite2p/plane0/stat.npy", "day/suite2p/plane0/ops.npy"],
      {},
    ],
    ["minian", ["day/0.avi", "day/A.zarr/A/0.0.0"], { "day/A.zarr/A/.zarray": "{}" }],
    [
      "python_minisim",
      ["day/observed/0", "day/notes.md"],
      { "day/.zattrs": '{"format_version": 2}' },
    ],
  ])("export --to %s --force", async (format, files, documents: Record<string, string>) => {
    await recording();
    precious(...files);
    for (const [name, text] of Object.entries(documents)) writeFileSync(at(name), text);
    const argv = ["export", "r.zarr", "--to", format, "-o", "day"];
    await refused(argv, "day is a folder that minisim did not write, so it is not replaced.");
    await refused([...argv, "--force"], "day is a folder that minisim did not write");
  });
});

describe("a file of somebody else's", () => {
  test.each([
    [["export", "r.zarr", "--to", "npy", "-o", "mine"]],
    [["export", "r.zarr", "--to", "nwb", "-o", "mine"]],
    [["simulate", "tiny.yaml", "-o", "mine"]],
    [["init", "miniscope_v4/ca1", "-o", "mine"]],
    [["report", "r.zarr", "roi", "-o", "mine.html"]],
    [["render", "r.zarr", "-o", "pictures", "--only", "mean"]],
  ])("%j, also with --force", async (argv) => {
    await recording();
    precious("mine", "mine.html", "pictures/mean.png");
    for (const force of [[], ["--force"]])
      await refused([...argv, ...force], "so it is not replaced.");
  });

  test("beside the output, under one of the names used on the way", async () => {
    for (const name of [
      "p.partial/mine.txt",
      "q.partial",
      ".s.minisim-replaced/mine.txt",
      ".t.minisim-lock",
    ]) {
      precious(name);
    }
    for (const output of ["p", "q", "s", "t"]) {
      await refused(["simulate", "tiny.yaml", "-o", output], "is in the way and");
      await refused(["simulate", "tiny.yaml", "-o", output, "--force"], "is in the way and");
      await refused(["simulate", "tiny.yaml", "-o", output, "--resume"], "is in the way and");
    }
    precious("e.partial", ".g.minisim-lock");
    await recording();
    for (const output of ["e", "g"]) {
      await refused(
        ["export", "r.zarr", "--to", "npy", "-o", output, "--force"],
        "is in the way and",
      );
    }
  });

  test("inside a recording, an export or an unfinished one of ours", async () => {
    await recording();
    await minisim(["export", "r.zarr", "--to", "minian", "-o", "m"]);
    precious("r.zarr/my_analysis/notes.txt", "m/A.zarr/notes.txt");
    await refused(["simulate", "tiny.yaml", "-o", "r.zarr", "--force"], "(the folder my_analysis");
    await refused(
      ["export", "tiny.yaml", "--to", "minian", "-o", "m", "--force"],
      "(A.zarr/notes.txt)",
    );
  });
});

test("what somebody has changed in an output of ours is theirs", async () => {
  await recording();
  const spec = readFileSync(at("r.zarr/spec.json"), "utf8");
  writeFileSync(at("r.zarr/spec.json"), `${spec}\n`);
  await refused(
    ["simulate", "tiny.yaml", "-o", "r.zarr", "--force"],
    "(spec.json, which was changed)",
  );
  await minisim(["render", "r.zarr", "-o", "pictures", "--only", "mean", "--format", "svg"]);
  writeFileSync(
    at("pictures/mean.svg"),
    readFileSync(at("pictures/mean.svg"), "utf8").replace("<svg", "<svg "),
  );
  const again = [
    "render",
    "r.zarr",
    "-o",
    "pictures",
    "--only",
    "mean",
    "--format",
    "svg",
    "--force",
  ];
  await refused(again, "pictures/mean.svg was edited since minisim wrote it");
});

test("one kind of output never takes the place of another", async () => {
  await recording();
  await refused(
    ["export", "tiny.yaml", "--to", "minian", "-o", "r.zarr", "--force"],
    "r.zarr is another kind of output (recording, not minian)",
  );
});

test("what is read is never written", async () => {
  await recording();
  await refused(
    ["export", "r.zarr", "--to", "minian", "-o", "r.zarr", "--force"],
    "which is read for it",
  );
  await refused(
    ["export", "r.zarr", "--to", "npy", "-o", "r.zarr/movie.npy"],
    "which is read for it",
  );
  await refused(["render", "r.zarr", "-o", "r.zarr"], "which is read for it");
  await refused(
    ["simulate", "tiny.yaml", "-o", "tiny.yaml", "--force"],
    "tiny.yaml is a file, not a folder",
  );
});

test("outputs are not nested", async () => {
  await recording();
  await refused(["simulate", "tiny.yaml", "-o", "r.zarr/inner.zarr"], "lies inside the recording");
  mkdirSync(at("other.zarr"));
  writeFileSync(at("other.zarr/.zgroup"), "{}");
  await refused(
    ["simulate", "tiny.yaml", "-o", "other.zarr/inner.zarr"],
    "lies inside the Zarr store",
  );
});

test("a run that was interrupted is not thrown away unasked", async () => {
  const control = new AbortController();
  const onErr = () => control.abort();
  const argv = ["simulate", "tiny.yaml", "-o", "r.zarr", "--resume"];
  const { code, err } = await minisim(argv, { signal: control.signal, isTTY: true, onErr });
  expect(code).toBe(130);
  expect(err).toMatch(
    /interrupted; (nothing was left behind|what was finished is in r\.zarr\.partial)/,
  );
  expect(existsSync(at("r.zarr.partial"))).toBe(err.includes("r.zarr.partial"));
  rmSync(at("r.zarr.partial"), { recursive: true, force: true });
  precious("r.zarr.partial/.minisim.json");
  const manifest = {
    format: "minisim-output",
    format_version: 1,
    kind: "recording",
    state: "partial",
    identity: "x",
  };
  writeFileSync(at("r.zarr.partial/.minisim.json"), JSON.stringify(manifest));
  await refused(
    ["simulate", "tiny.yaml", "-o", "r.zarr"],
    "--resume goes on with it, --force starts over.",
  );
  expect((await simulate("-o", "r.zarr", "--force")).code).toBe(0);
  expect(existsSync(at("r.zarr.partial"))).toBe(false);
});
