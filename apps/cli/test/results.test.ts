// What score and report say of results in files: what was decided on reading them, and what is wrong, always with the file.
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { at, minisim, TINY, write } from "./harness.ts";
import { copyOf } from "./own-pipeline.ts";

/** A recording, by default of 24 × 20 px and a second; `changes` are made to its spec. */
async function recording(name = "tiny", ...changes: string[]): Promise<void> {
  write("tiny.yaml", TINY);
  const set = changes.flatMap((change) => ["--set", change]);
  const argv = ["simulate", "tiny.yaml", "-o", `${name}.zarr`, "--quiet", ...set];
  expect(await minisim(argv)).toEqual({ code: 0, out: expect.any(String), err: "" });
}

/** Its truth as results of a tool. */
async function results(of: string, format: string, path: string): Promise<void> {
  const { code } = await minisim(["export", `${of}.zarr`, "--to", format, "-o", path, "--quiet"]);
  expect(code).toBe(0);
}

test("what the tool's own lists leave out is said: in text, in JSON, on the page", async () => {
  await recording();
  await results("tiny", "suite2p", "run");
  const { out: json } = await minisim(["score", "tiny.zarr", "run", "--json"]);
  const { notes, n_requested, n_est } = JSON.parse(json);
  const sentence = `iscell.npy accepts ${n_est} of ${n_requested} ROIs`;
  expect(notes).toEqual([
    expect.stringContaining(sentence),
    expect.stringMatching(/^C is F − 0\.7 · Fneu \(neucoeff of ops\.npy; /),
  ]);
  const { out } = await minisim(["score", "tiny.zarr", "run"]);
  expect(out).toContain(`note: ${sentence}`);
  await minisim(["report", "tiny.zarr", "run", "-o", "page.html"]);
  expect(readFileSync(at("page.html"), "utf8")).toContain(`<li>run: ${sentence}`);
  const all = await minisim([
    "score",
    "tiny.zarr",
    "run",
    "--option",
    "only_cells=false",
    "--json",
  ]);
  const left = JSON.parse(all.out).notes.filter((note: string) => note.includes("iscell"));
  expect(left).toEqual([]);
  expect(JSON.parse(all.out)).toMatchObject({ n_est: n_requested });
});

test("the beginning of a recording, or what was not lost, is scored as what it is", async () => {
  // Of this seed a cell is detectable.
  const seed = "seed=5";
  await recording("tiny", seed);
  await recording("other", seed, "acquisition.duration_s=0.5");
  await results("other", "npz", "other.npz");
  const begun = await minisim(["score", "tiny.zarr", "other.npz", "--frames", "0:10", "--json"]);
  expect(begun.err).toBe("");
  const { median_trace_corr, grid, n_matched, n_true } = JSON.parse(begun.out);
  expect(n_matched).toBe(n_true);
  expect(median_trace_corr).toBeCloseTo(1, 6);
  expect(grid.n_frames).toBe(10);
  // The same frames as an export's log has them.
  const lines = Array.from(
    { length: 20 },
    (_, t) => `${t},0,0,${t < 10 ? t : ""},${t < 10 ? 0 : 1}`,
  );
  const head = "source_frame,true_time_ms,time_stamp_ms,written_frame,lost";
  write("acquisition_log.csv", `${[head, ...lines].join("\n")}\n`);
  const logged = ["score", "tiny.zarr", "other.npz", "--frames", "acquisition_log.csv", "--json"];
  expect((await minisim(logged)).out).toBe(begun.out);
  write("other.csv", "a,b\n1,2\n");
  for (const [frames, sentence] of [
    ["1-5", "--frames 1-5: it is FROM:TO"],
    ["none.csv", "--frames none.csv: it cannot be read"],
    ["other.csv", "--frames other.csv: it has no columns source_frame and written_frame"],
    ["5:5", "frames must be null or rising numbers of frames from 0 to 19"],
  ] as const) {
    const { code, err } = await minisim(["score", "tiny.zarr", "other.npz", "--frames", frames]);
    expect(code).toBeGreaterThan(0);
    expect(err).toContain(sentence);
  }
});

describe("what does not belong to the recording is refused with its file", () => {
  test.each([
    [
      "larger images",
      "acquisition.image_sensor.n_px_height=40",
      "larger than the recording's field",
    ],
    ["smaller images", "acquisition.image_sensor.n_px_height=12", "footprints are 12 × 20 px"],
    ["more frames", "acquisition.duration_s=2", "has 40 frames, the recording 20"],
    ["fewer frames", "acquisition.duration_s=0.5", "The estimate has 10 frames of 20"],
  ])("%s", async (_, change, sentence) => {
    await recording();
    await recording("other", change);
    for (const [format, path] of [
      ["npz", "other.npz"],
      ["caiman", "other.hdf5"],
      ["minian", "other"],
    ] as const) {
      await results("other", format, path);
      for (const command of [["score"], ["report", "-o", "page.html"]]) {
        const [name, ...rest] = command;
        const { code, err } = await minisim([name!, "tiny.zarr", path, ...rest]);
        expect({ format, code }).toEqual({ format, code: 1 });
        expect(err).toMatch(new RegExp(`^(error:| ) ${path}[/: ]`, "m"));
        expect(err).toContain(sentence);
        expect(err).not.toContain("    at ");
      }
    }
  });

  test("a command's results, with its name", async () => {
    await recording();
    await recording("other", "acquisition.duration_s=0.5");
    await results("other", "npz", "other.npz");
    const command = `mine=${copyOf(at("other.npz"))}`;
    const { code, err } = await minisim(["score", "tiny.zarr", command]);
    expect(code).toBe(1);
    expect(err).toContain('the results of "mine"');
  });

  test("a file of something else", async () => {
    await recording();
    writeFileSync(at("notes.txt"), "two cells, I think");
    const { code, err } = await minisim(["score", "tiny.zarr", "notes.txt"]);
    expect(code).toBe(1);
    expect(err).toContain("error: notes.txt is in none of the formats that results are read from");
  });
});

test("shares of nothing are a dash, null, and an empty cell: no mean is pulled down", async () => {
  await recording();
  await recording("empty", "steps.place_neurons.density_per_mm3=0");
  await results("empty", "npz", "nothing.npz");
  const { out } = await minisim(["score", "tiny.zarr", "nothing.npz", "--all-cells"]);
  expect(out).toMatch(/recall +0\.000/);
  expect(out).toMatch(/precision +– /);
  const { out: json } = await minisim(["score", "empty.zarr", "nothing.npz", "--json"]);
  const shares = { recall: null, precision: null, f1: null, mean_overlap: null };
  expect(JSON.parse(json)).toMatchObject(shares);
  write(
    "sweep.yaml",
    [
      "base: tiny.yaml",
      "axes:",
      "  steps.place_neurons.density_per_mm3: [0, 40000]",
      "pipeline: [oracle]",
      "score: { restrict_to_detectable: false }",
    ].join("\n"),
  );
  const { code } = await minisim(["sweep", "sweep.yaml", "-o", "results", "--cache", "cache"]);
  expect(code).toBe(0);
  const [head, empty, full] = readFileSync(at("results", "table.csv"), "utf8")
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(","));
  const cell = (row: readonly string[], name: string) => row[head!.indexOf(name)];
  expect(cell(empty!, "oracle_recall")).toBe("");
  expect(cell(empty!, "oracle_precision")).toBe("");
  expect(cell(full!, "oracle_recall")).toBe("1");
});

test("the readers and their settings are listed", async () => {
  const { out } = await minisim(["export"]);
  expect(out).toContain("score reads results:");
  for (const name of ["matlab", "footprint_axes", "only_cells", "components", "first_axis"]) {
    expect(out).toContain(name);
  }
  const { out: one } = await minisim(["export", "--to", "nwb", "--json"]);
  const [{ read_settings }] = JSON.parse(one);
  expect(read_settings).toContainEqual({
    setting: "traces",
    description: expect.stringContaining("RoiResponseSeries"),
  });
  const { out: help } = await minisim(["score", "--help"]);
  expect(help).toContain("as export lists it for their format");
});
