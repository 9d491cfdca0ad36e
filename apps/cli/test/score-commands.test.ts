// score, report, export, sweep and cache, on a recording of a second.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type SpecInput, variedInput } from "@minisim/spec";
import { readSpecText } from "@minisim/spec/text";
import { sweepFileSchema } from "@minisim/sweep";
import { builtin, Spec } from "minisim";
import { describe, expect, test } from "vitest";
import { at, minisim, TINY, write } from "./harness.ts";
import { copyOf, markAt } from "./own-pipeline.ts";

async function recording(): Promise<void> {
  write("tiny.yaml", TINY);
  const { code, err } = await minisim(["simulate", "tiny.yaml", "-o", "tiny.zarr", "--quiet"]);
  expect(err).toBe("");
  expect(code).toBe(0);
}

describe("score", () => {
  test("the ceiling finds every detectable cell, and the report says of how many", async () => {
    await recording();
    const { code, out } = await minisim(["score", "tiny.zarr", "oracle", "--json"]);
    const report = JSON.parse(out);
    expect(code).toBe(0);
    expect(report.recall).toBe(report.n_detectable > 0 ? 1 : null);
    expect(report.n_est).toBe(report.n_requested);
    expect(report.cells).toHaveLength(report.n_requested);
    const { out: text } = await minisim(["score", "tiny.zarr", "oracle"]);
    expect(text).toContain(`${report.n_matched} of ${report.n_true} detectable cells`);
    expect(text).toMatch(/of the estimates +\d+ (found|excused)/);
  });

  test("the ceiling of a recording with a plugin's step needs the plugin", async () => {
    const plugin = fileURLToPath(new URL("fixtures/plugin.mjs", import.meta.url));
    write(
      "half.yaml",
      TINY.replace("  - kind: brain_motion", "  - kind: halve\n  - kind: brain_motion"),
    );
    await minisim(["simulate", "half.yaml", "-o", "half.zarr", "--plugin", plugin, "--quiet"]);
    const known = await minisim(["score", "half.zarr", "oracle", "--json", "--plugin", plugin]);
    expect(JSON.parse(known.out).n_est).toBeGreaterThan(0);
    const without = await minisim(["score", "half.zarr", "oracle"]);
    expect(without.code).toBe(1);
    expect(without.err).toContain("its spec has steps that the simulator lacks");
  });

  test("the truth in a file of another tool scores as the truth", async () => {
    await recording();
    const written = await minisim(["export", "tiny.zarr", "--to", "npz", "-o", "truth.npz"]);
    expect(written.err).toBe("");
    const { out } = await minisim(["score", "tiny.zarr", "truth.npz", "--all-cells", "--json"]);
    const report = JSON.parse(out);
    expect([report.recall, report.precision]).toEqual([1, 1]);
    expect(report.median_trace_corr).toBeCloseTo(1, 12);
  });

  test.each([
    [["score", "tiny.zarr", "nothing.hdf5"], "nothing.hdf5"],
    [["score", "tiny.zarr", "oracle", "--metric", "iuo"], "match_metric must be light, iou"],
    [["score", "tiny.zarr", "oracle", "--shift", "up"], "--shift up: it is auto, none or DY,DX"],
    [["score", "tiny.zarr", "oracle", "--crop", "1,2"], "--crop 1,2: it is TOP,LEFT,BOTTOM,RIGHT"],
    [["score", "tiny.zarr", "oracle", "--orientation", "up"], "orientation must be auto, upright,"],
    [["score", "tiny.zarr", "oracle", "--spatial-binning", "0"], "spatial_binning must be a whole"],
    [["score", "tiny.zarr", "oracle", "--option", "x"], "--option x: write it as name=value"],
    [["score", "tiny.zarr", "mine=run {recording}"], "does not say where {estimate} goes"],
    [["score", "tiny.zarr", "mine=exit 3 # {recording} {estimate}"], "ended with exit code 3"],
    [["report", "tiny.zarr", "-o", "page.pdf"], "-o page.pdf: name a file that ends in .html"],
    [["export", "tiny.zarr", "--to", "tif", "-o", "x"], 'Did you mean "tiff"?'],
    [["export", "tiny.zarr", "--to", "tiff"], "export needs -o PATH"],
    [["cache", "prune"], "prune needs to know what goes"],
    [["cache", "prune", "--max-size", "much"], '"much" is no size'],
  ])("%j is refused in one sentence", async (argv, sentence) => {
    await recording();
    const { code, err } = await minisim(argv);
    expect(code).toBeGreaterThan(0);
    expect(err).toContain(sentence);
    expect(err).not.toContain("    at ");
  });

  test("a command's own results", async () => {
    await recording();
    await minisim(["export", "tiny.zarr", "--to", "npz", "-o", "truth.npz"]);
    const command = `copy=${copyOf(at("truth.npz"))}`;
    const { code, out } = await minisim(["score", "tiny.zarr", command, "--all-cells", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out).recall).toBe(1);
  });
});

describe("report", () => {
  test("is one file that needs no other", async () => {
    await recording();
    const { code, out } = await minisim(["report", "tiny.zarr", "-o", "pages/report.html"]);
    expect({ code, out }).toEqual({ code: 0, out: "pages/report.html\n" });
    const page = readFileSync(at("pages", "report.html"), "utf8");
    for (const name of ["roi", "roi_mean", "oracle"]) expect(page).toContain(`<th>${name}</th>`);
    expect(page).toContain("<th>of its estimates are</th><th>of the cells are</th>");
    expect(page.match(/<svg/g)!.length).toBeGreaterThan(1);
    expect(page).not.toMatch(/(src|href)="(?!data:)/);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("or a folder of SVG files", async () => {
    await recording();
    await minisim(["report", "tiny.zarr", "roi", "oracle", "-o", "figures"]);
    expect(readdirSync(at("figures"))).toContain("footprints-roi.svg");
  });
});

describe("export", () => {
  test("straight from a spec gives the bytes that the store gives", async () => {
    await recording();
    await minisim(["export", "tiny.zarr", "--to", "npy", "-o", "a.npy"]);
    const { code, err } = await minisim(["export", "tiny.yaml", "--to", "npy", "-o", "b.npy"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(readFileSync(at("b.npy")).equals(readFileSync(at("a.npy")))).toBe(true);
  });

  test("replaces nothing unasked", async () => {
    await recording();
    const again = ["export", "tiny.zarr", "--to", "npy", "-o", "a.npy"];
    expect((await minisim(again)).code).toBe(0);
    const { code, err } = await minisim(again);
    expect(code).toBe(1);
    expect(err).toBe(
      "error: a.npy exists already and was left as it is. Use --force to replace it.\n",
    );
    expect((await minisim([...again, "--force"])).code).toBe(0);
  });

  test("lists formats with their settings", async () => {
    const { out } = await minisim(["export"]);
    for (const name of ["miniscope_v4", "nwb", "suite2p", "tiff"]) expect(out).toContain(name);
    const { out: one } = await minisim(["export", "--to", "miniscope_v4", "--json"]);
    expect(JSON.parse(one)[0].settings.length).toBeGreaterThan(0);
  });

  test("describes every setting, also one that is optional or has a default", async () => {
    const { out } = await minisim(["export", "--json"]);
    const formats: Record<"settings" | "read_settings", { description: string }[]>[] =
      JSON.parse(out);
    const settings = formats.flatMap((format) => [...format.settings, ...format.read_settings]);
    expect(settings.length).toBeGreaterThan(0);
    expect(settings.filter(({ description }) => description === "")).toEqual([]);
    const { out: nwb } = await minisim(["export", "--to", "nwb"]);
    expect(nwb).toContain('subject_id="simulated": Name of the animal');
    expect(nwb).toContain("identifier=…: Identifier of the session");
  });
});

describe("sweep", () => {
  const SWEEP = `
base: tiny.yaml
axes:
  steps.sensor.photons_per_um2_s: [125, 500]
pipeline: [roi_mean, oracle]
score: { restrict_to_detectable: false }
`;
  const rows = () => readFileSync(at("results", "table.csv"), "utf8").trim().split(/\r?\n/);

  test("one row a point, with the scores of every pipeline; resumed, nothing is done twice", async () => {
    write("tiny.yaml", TINY);
    write("sweep.yaml", SWEEP);
    const argv = ["sweep", "sweep.yaml", "-o", "results", "--cache", "cache"];
    const first = await minisim(argv);
    expect(first.err).toBe("");
    expect(first.code).toBe(0);
    const [head, ...points] = rows();
    expect(points).toHaveLength(2);
    for (const column of [
      "steps.sensor.photons_per_um2_s",
      "oracle_recall",
      "roi_mean_f1",
      "oracle_cells_missed",
    ]) {
      expect(head!.split(",")).toContain(column);
    }
    expect(existsSync(at("results", "table.parquet"))).toBe(true);
    expect((await minisim(argv)).err).toContain("resume");
    const again = await minisim([...argv, "--resume", "--json"]);
    expect(JSON.parse(again.out)).toMatchObject({ points: 2, failed: 0 });
    const { out } = await minisim(["cache", "ls", "--cache", "cache", "--json"]);
    expect(JSON.parse(out).entries).toHaveLength(2);
    const { out: pruned } = await minisim(["cache", "prune", "--cache", "cache", "--all"]);
    expect(pruned).toMatch(/^2 removed/);
  });

  test("the template has every field, and is a sweep that could run", async () => {
    const { out } = await minisim(["sweep", "--template"]);
    const fields = Object.keys(sweepFileSchema.shape).filter((name) => name !== "$schema");
    expect(Object.keys(readSpecText(out, { name: "template" }).value as object)).toEqual(
      expect.arrayContaining(fields),
    );
    write("sweep.yaml", out);
    const small = ["height", "width"].map((side) => `acquisition.image_sensor.n_px_${side}=64`);
    const set = [...small, "steps.place_neurons.density_per_mm3=3000"];
    const argv = ["sweep", "sweep.yaml", "--cache", "cache", "--dry-run", "--json"];
    const { code, out: cost } = await minisim([...argv, ...set.flatMap((one) => ["--set", one])]);
    expect(code).toBe(0);
    expect(JSON.parse(cost)).toMatchObject({ points: 8 });
  });

  test("--set changes what all points share; a wrong one is named", async () => {
    write("tiny.yaml", TINY);
    write("sweep.yaml", SWEEP.replace("[roi_mean, oracle]", "roi_mean"));
    const argv = ["sweep", "sweep.yaml", "-o", "results", "--cache", "cache"];
    expect((await minisim([...argv, "--set", "seed=9"])).code).toBe(0);
    const { out } = await minisim(["cache", "ls", "--cache", "cache", "--json"]);
    const keys = JSON.parse(out).entries.map((entry: { cache_key: string }) => entry.cache_key);
    const spec = readSpecText(TINY, { name: "tiny" }).value as SpecInput;
    const expected = [125, 500].map((photons_per_um2_s) => {
      const changes = [
        ["seed", 9],
        ["steps.sensor.photons_per_um2_s", photons_per_um2_s],
      ] as const;
      return Spec.cacheKey(Spec.parse(variedInput(spec, changes, builtin).spec));
    });
    expect(keys.sort()).toEqual(expected.sort());
    const wrong = await minisim([...argv, "--set", "acquisition.optics.na=7"]);
    expect(wrong).toMatchObject({ code: 2, out: "" });
    expect(wrong.err).toContain("--set acquisition.optics.na=7  acquisition.optics.na: must be <");
  });

  test("commands of the file are shown in full and run only when they are allowed", async () => {
    write("tiny.yaml", TINY);
    const command = "touch pwned; cp {recording}/spec.json {estimate}";
    write("sweep.yaml", SWEEP.replace("[roi_mean, oracle]", `["evil=${command}"]`));
    const argv = ["sweep", "sweep.yaml", "--cache", "cache"];
    const refused = await minisim([...argv, "-o", "results"]);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(
      `sweep.yaml wants to run a command of the shell:\n  evil: ${command}\n`,
    );
    const dry = await minisim([...argv, "--dry-run"]);
    expect(dry.code).toBe(0);
    expect(dry.out.replaceAll(/\s+/g, " ")).toContain(`runs evil ${command}`);
    expect(readdirSync(at()).sort()).toEqual(["sweep.yaml", "tiny.yaml"]);
    // What comes from the command line was typed by whoever runs it.
    write("mine.yaml", SWEEP.replace("[roi_mean, oracle]", "roi_mean"));
    const typed = `mine=${markAt(at("ran"))}`;
    await minisim(["sweep", "mine.yaml", "--cache", "cache", "-o", "a", "--pipeline", typed]);
    expect(existsSync(at("ran"))).toBe(true);
    const allowed = SWEEP.replace(
      "[roi_mean, oracle]",
      JSON.stringify([`mine=${markAt(at("also"))}`]),
    );
    write("allowed.yaml", allowed);
    await minisim(["sweep", "allowed.yaml", "--cache", "cache", "-o", "b", "--allow-commands"]);
    expect(existsSync(at("also"))).toBe(true);
  });

  test("a dry run says what it costs and leaves nothing", async () => {
    write("tiny.yaml", TINY);
    write("sweep.yaml", SWEEP);
    const { code, out } = await minisim(["sweep", "sweep.yaml", "--dry-run", "--cache", "cache"]);
    expect(code).toBe(0);
    expect(out).toMatch(/points +2, of which 0 are cached/);
    expect(existsSync(at("results"))).toBe(false);
  });

  test("what is wrong has its line and column", async () => {
    write("tiny.yaml", TINY);
    write("sweep.yaml", SWEEP.replace("photons_per_um2_s", "photons_per_um2_z"));
    const { code, err } = await minisim(["sweep", "sweep.yaml", "-o", "results"]);
    expect(code).toBe(1);
    expect(err).toMatch(/sweep\.yaml:4:\d+/);
    expect(existsSync(at("results"))).toBe(false);
  });
});
