// inspect and render: the commands about stores.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadRecording } from "minisim/node";
import { beforeEach, describe, expect, test } from "vitest";
import { at, minisim, TINY, write } from "./harness.ts";

beforeEach(async () => {
  write("tiny.yaml", TINY);
  await minisim(["simulate", "tiny.yaml", "-o", "a.zarr", "--quiet"]);
});

function damaged(damage: () => void): string {
  damage();
  return "a.zarr";
}

describe("inspect", () => {
  test("--json agrees with the recording", async () => {
    const { code, out } = await minisim(["inspect", "a.zarr", "--json"]);
    const { observed, ground_truth } = await loadRecording(at("a.zarr"));
    const pixels = [...observed.data].sort((a, b) => a - b);
    const summary = JSON.parse(out);
    expect(code).toBe(0);
    expect(summary.movie).toMatchObject({
      frames: 20,
      height: 24,
      width: 20,
      container: "uint8",
      fps: 20,
    });
    expect(summary.cells.n_units).toBe(ground_truth.n_units);
    expect(summary.cells.n_detectable).toBe(ground_truth.detectableSubset().n_units);
    expect(summary.light.max).toBe(pixels.at(-1));
    expect(summary.light.min).toBe(pixels[0]);
    // Sums of integers below 2^53 are exact, whatever their order.
    expect(summary.light.mean).toBe(pixels.reduce((a, b) => a + b, 0) / pixels.length);
    expect(summary.light.p50).toBe(pixels[Math.ceil(pixels.length / 2) - 1]);
    expect(summary.light.saturated_fraction).toBe(
      pixels.filter((p) => p === 255).length / pixels.length,
    );
    // 12 µm pitch over a magnification of 3.
    const dy = [...ground_truth.shifts!.data].filter((_, i) => i % 2 === 0).map((px) => px * 4);
    expect(summary.motion.dy_um).toEqual([Math.min(0, ...dy), Math.max(0, ...dy)]);
    expect(summary.truth_fields).toContain("shifts");
    expect(summary.truth_fields).not.toContain("bleaching");
  });

  test("for people", async () => {
    const { code, out } = await minisim(["inspect", "a.zarr"]);
    expect(code).toBe(0);
    expect(out).toContain("20 frames of 24 × 20 px, uint8");
    expect(out).toMatch(/place_neurons@\d+, cell_activity@\d+, optics@\d+/);
  });

  test("says what brought the steps, and how to get those that are not here", async () => {
    const folder = at("node_modules/acme-halve");
    mkdirSync(folder, { recursive: true });
    const address = new URL("fixtures/plugin.mjs", import.meta.url).href;
    writeFileSync(at("node_modules/acme-halve/index.js"), `export * from "${address}";`);
    const manifest = {
      name: "acme-halve",
      version: "2.3.4",
      type: "module",
      exports: "./index.js",
    };
    writeFileSync(at("node_modules/acme-halve/package.json"), JSON.stringify(manifest));
    write("half.yaml", TINY.replace("steps:\n", "steps:\n  - kind: halve\n"));
    await minisim(["simulate", "half.yaml", "-o", "b.zarr", "--plugin", "acme-halve", "--quiet"]);

    const known = await minisim(["inspect", "b.zarr", "--plugin", "acme-halve"]);
    expect(known.err).toBe("");
    expect(known.out).toMatch(/packages [\s\S]*acme-halve 2\.3\.4/);
    const { steps } = JSON.parse((await minisim(["inspect", "b.zarr", "--json"])).out);
    const halve = { kind: "halve", revision: 1, package: { name: "acme-halve", version: "2.3.4" } };
    expect(steps).toContainEqual(halve);

    const hint = /`npm install acme-halve@2\.3\.4` gets it; then --plugin acme-halve/;
    const unknown = await minisim(["inspect", "b.zarr"]);
    expect(unknown.code).toBe(0);
    expect(unknown.out).toMatch(/sensor@\d+,\s+halve@1\n/);
    expect(unknown.err).toMatch(hint);
    const again = await minisim(["simulate", "b.zarr", "-o", "c.zarr"]);
    expect(again.code).toBe(1);
    expect(again.err).toMatch(hint);
    // A file by itself is in no package.
    const plugin = fileURLToPath(address);
    await minisim(["simulate", "half.yaml", "-o", "d.zarr", "--plugin", plugin, "--quiet"]);
    expect((await minisim(["inspect", "d.zarr"])).err).toContain(
      "Whoever made the recording has it.",
    );
  });

  test("a recording that stops before the frames", async () => {
    await minisim(["simulate", "tiny.yaml", "-o", "b.zarr", "--until", "cell_activity", "--quiet"]);
    const { code, out, err } = await minisim(["inspect", "b.zarr"]);
    expect(code).toBe(0);
    expect(out).toContain("0 frames");
    expect(err).toContain("after the stage cell_activity");
  });

  test("light without a sensor", async () => {
    const none = TINY.replace(/ {2}- kind: sensor\n.+\n/, "");
    await minisim(["simulate", write("light.yaml", none), "-o", "b.zarr", "--quiet"]);
    const { out } = await minisim(["inspect", "b.zarr", "--json"]);
    const { light, cells, movie } = JSON.parse(out);
    const { observed } = await loadRecording(at("b.zarr"));
    expect(movie.container).toBe("float32");
    expect(light.saturated_fraction).toBeNull();
    expect(light.max).toBe(Array.from(observed.data).reduce((a, b) => Math.max(a, b), 0));
    const sorted = Float64Array.from(observed.data).sort();
    expect(light.p50).toBe((sorted[sorted.length / 2 - 1]! + sorted[sorted.length / 2]!) / 2);
    expect(cells.detection_snr).toEqual({ p10: null, p50: null, p90: null });
  });

  test.each([
    ["nothing there", () => "no.zarr", /no\.zarr/],
    ["a file", () => write("file.zarr", "x"), /file\.zarr is a file/],
    [
      "broken root",
      () => damaged(() => writeFileSync(at("a.zarr", "zarr.json"), "{")),
      /zarr\.json/,
    ],
    [
      "missing chunk",
      () => damaged(() => rmSync(at("a.zarr", "observed", "c"), { recursive: true })),
      /observed\/c\/0/,
    ],
  ])("broken store: %s", async (_, breaks, sentence) => {
    const { code, out, err } = await minisim(["inspect", breaks()]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(sentence);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("warnings of a movie that is not kept", () => {
  const BRIGHT = TINY.replace(/photons_per_um2_s: .*/, "photons_per_um2_s: 1000000000");

  test.each([
    ["exported", (path: string) => ["export", path, "-o", "bright.npy"]],
    ["measured", (path: string) => ["measure", path]],
  ])("%s: it is said that its pixels are at full scale", async (_, argv) => {
    const { code, err } = await minisim(argv(write("bright.yaml", BRIGHT)));
    expect(code).toBe(0);
    expect(err).toMatch(/^warning: .*at full scale/m);
  });
});

describe("render", () => {
  test("draws every picture as PNG", async () => {
    const { code, out } = await minisim(["render", "a.zarr", "-o", "pictures"]);
    expect(code).toBe(0);
    const names = ["footprints", "frame", "max", "mean", "motion", "std", "traces"];
    expect(readdirSync(at("pictures")).sort()).toEqual(names.map((name) => `${name}.png`));
    expect(out.trimEnd().split("\n")).toHaveLength(names.length);
    for (const name of names) {
      const png = readFileSync(at("pictures", `${name}.png`));
      expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
    }
  });

  test("--only, --frame, --format, --json", async () => {
    const argv = [
      "render",
      "a.zarr",
      "-o",
      "p",
      "--only",
      "frame,traces",
      "--frame",
      "3",
      "--format",
      "svg",
    ];
    const { code, out } = await minisim([...argv, "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ files: ["p/frame.svg", "p/traces.svg"] });
    expect(readFileSync(at("p", "frame.svg"), "utf8")).toContain(">Frame 3<");
  });

  test("says what there is no picture of", async () => {
    await minisim(["simulate", "tiny.yaml", "-o", "b.zarr", "--until", "cell_activity", "--quiet"]);
    const { code, err } = await minisim(["render", "b.zarr", "-o", "p"]);
    expect(code).toBe(0);
    expect(err).toContain('no picture "mean": the recording stops before there are frames.');
    expect(readdirSync(at("p")).sort()).toEqual(["footprints.png", "motion.png", "traces.png"]);
  });

  test.each([
    [["--only", "men"], 2, 'Did you mean "mean"?'],
    [["--frame", "20"], 2, "the recording has 20 frames, from 0"],
    [["--frame", "-1"], 2, "whole number"],
    [["--format", "gif"], 2, "choose png or svg"],
  ])("%j", async (extra, exit, sentence) => {
    const { code, err } = await minisim(["render", "a.zarr", "-o", "p", ...extra]);
    expect(err).toContain(sentence);
    expect(code).toBe(exit);
    expect(existsSync(at("p"))).toBe(false);
  });

  test("a file in the way of the folder", async () => {
    const { code, err } = await minisim([
      "render",
      "a.zarr",
      "-o",
      write("p", "x"),
      "--only",
      "frame",
    ]);
    expect({ code, err }).toEqual({
      code: 1,
      err: "error: A file stands where p/frame.png needs a folder.\n",
    });
  });
});
