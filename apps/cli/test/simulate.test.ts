// simulate: spec → store, its options and its ways to fail.
import { readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readSpecText } from "@minisim/spec/text";
import { Spec, simulate as simulateInMemory } from "minisim";
import { loadRecording, openRecording } from "minisim/node";
import { beforeEach, describe, expect, test } from "vitest";
import { at, minisim, TINY, write } from "./harness.ts";

beforeEach(() => {
  write("tiny.yaml", TINY);
});

const tiny = () => Spec.parse(readSpecText(TINY, { name: "tiny" }).value);
const files = () => readdirSync(at()).sort();

describe("simulate", () => {
  test("stores what simulate() makes, and says what it made", async () => {
    const { code, out, err } = await minisim(["simulate", "tiny.yaml", "-o", "a.zarr"]);
    expect(code).toBe(0);
    expect(err).not.toContain("error");
    const stored = await loadRecording(at("a.zarr"));
    const recording = await simulateInMemory(tiny());
    expect(stored.observed.data).toEqual(recording.observed.data);
    expect(stored.ground_truth.C.data).toEqual(recording.ground_truth.C.data);
    expect(out).toContain("20 frames of 24 × 20 px, uint8, 1 s at 20 Hz");
    expect(out).toContain(`${recording.ground_truth.n_units} in view`);
    expect(files()).toEqual(["a.zarr", "tiny.yaml"]);
  });

  test("a name that ends like a file of some format is refused with the way to that file", async () => {
    for (const name of ["movie.tif", "a.avi", "b.NWB"]) {
      const { code, err } = await minisim(["simulate", "tiny.yaml", "-o", name]);
      expect(code).toBe(2);
      expect(err).toContain(`minisim export SPEC -o ${name} writes the file`);
    }
    expect(files()).toEqual(["tiny.yaml"]);
  });

  test("--json, --quiet", async () => {
    const { out } = await minisim(["simulate", "tiny.yaml", "-o", "a.zarr", "--json"]);
    const summary = JSON.parse(out);
    expect(summary).toMatchObject({ path: "a.zarr", shape: [20, 24, 20], container: "uint8" });
    expect(summary.cache_key).toBe(Spec.cacheKey(Spec.parse(tiny())));
    const quiet = await minisim(["simulate", "tiny.yaml", "-o", "b.zarr", "--quiet"]);
    expect(quiet).toEqual({ code: 0, out: "", err: "" });
  });

  test("--set and --seed change the spec", async () => {
    const set = [
      "acquisition.optics.na=0.2",
      "steps.place_neurons.density_per_mm3=1e4",
      "steps.place_neurons.depth_range_um=[30, 40]",
      "output={store_dtype: float64}",
      "steps[5].photons_per_um2_s=50",
    ].flatMap((setting) => ["--set", setting]);
    const { code } = await minisim([
      "simulate",
      "tiny.yaml",
      "-o",
      "a.zarr",
      "--seed",
      "9",
      ...set,
    ]);
    expect(code).toBe(0);
    const { spec } = await openRecording(at("a.zarr"));
    expect(spec.seed).toBe(9);
    expect(spec.acquisition.optics.na).toBe(0.2);
    expect(spec.output.store_dtype).toBe("float64");
    expect(spec.steps[0]).toMatchObject({ density_per_mm3: 1e4, depth_range_um: [30, 40] });
    expect(spec.steps[5]).toMatchObject({ kind: "sensor", photons_per_um2_s: 50 });
  });

  test("--set adds a step, leaves one out, and finds the field of the only population", async () => {
    const settings = [
      "acquisition.duration_s=0.2",
      "acquisition.image_sensor.n_px_height=64",
      "acquisition.image_sensor.n_px_width=64",
      "steps.place_neurons.density_per_mm3=1e4",
      "steps.vasculature=null",
      "steps.brain_motion={}",
      "steps.brain_motion.motion_amplitude_um=3",
    ];
    const set = settings.flatMap((setting) => ["--set", setting]);
    const ran = await minisim(["simulate", "miniscope_v4/ca1", "-o", "a.zarr", "-q", ...set]);
    expect(ran).toMatchObject({ code: 0, err: "" });
    const { spec } = await openRecording(at("a.zarr"));
    const kinds = spec.steps.map(({ kind }) => kind);
    expect(kinds).not.toContain("vasculature");
    expect(spec.steps.find(({ kind }) => kind === "brain_motion")).toMatchObject({
      motion_amplitude_um: 3,
    });
    expect(spec.steps[0]).toMatchObject({ populations: [{ density_per_mm3: 1e4 }] });
  });

  test("--set inside a list of populations, of a preset", async () => {
    const small = ["n_px_height=64", "n_px_width=64"].map((s) => `acquisition.image_sensor.${s}`);
    const settings = [
      ...small,
      "acquisition.duration_s=0.2",
      "steps.place_neurons.populations[0].soma_radius_um=6",
    ];
    const { code, err } = await minisim([
      "simulate",
      "generic_1p/ca1",
      "-o",
      "a.zarr",
      ...settings.flatMap((setting) => ["--set", setting]),
    ]);
    expect(err).toBe("");
    expect(code).toBe(0);
    const { spec } = await openRecording(at("a.zarr"));
    expect(spec.steps[0]).toMatchObject({ populations: [{ soma_radius_um: 6 }] });
  });

  test.each([
    ["seed", "write it as path=value"],
    ["=3", "write it as path=value"],
    ["seed=[1", "the value is not YAML"],
    ["acquisition.optics.nna=0.2", "unknown field"],
    ["acquisition.optcs.na=0.2", 'Did you mean "acquisition.optics.na"?'],
    [
      "steps.vasculature.enabled=true",
      'the spec has no step "vasculature"; set steps.vasculature to {} to add it.',
    ],
    ["steps.vasculatur={}", 'Did you mean "vasculature"?'],
    ["steps.place_neuron.density_per_mm3=1", 'Did you mean "place_neurons"?'],
    ["steps[9].photons_per_um2_s=3", 'the spec has no step "9"'],
    ["steps.place_neurons.populations[0].soma_radius_um=6", "the spec has no such field"],
    ["seed.deep=1", "the spec has no such field"],
  ])("--set %s is a usage error", async (setting, sentence) => {
    const { code, err } = await minisim([
      "simulate",
      "tiny.yaml",
      "-o",
      "a.zarr",
      "--set",
      setting,
    ]);
    expect(err.toLowerCase()).toContain(sentence.toLowerCase());
    expect(err).toContain(`--set ${setting}`);
    expect(code).toBe(2);
    expect(files()).toEqual(["tiny.yaml"]);
  });

  test("a value out of range names the --set that caused it, exit 1", async () => {
    const { code, err } = await minisim([
      "simulate",
      "tiny.yaml",
      "-o",
      "a.zarr",
      "--set",
      "acquisition.optics.na=9",
    ]);
    expect(code).toBe(1);
    expect(err).toContain("--set acquisition.optics.na=9  acquisition.optics.na: ");
  });

  test("--until keeps the movie after that stage, and the store says so", async () => {
    const { code, err } = await minisim([
      "simulate",
      "tiny.yaml",
      "-o",
      "a.zarr",
      "--until",
      "composite",
    ]);
    expect(code).toBe(0);
    expect(err).toContain("after the stage cells_only");
    const stored = await loadRecording(at("a.zarr"));
    const recording = await simulateInMemory(tiny(), { until: "composite" });
    expect(stored.observed.data).toEqual(recording.observed.data);
    expect((await openRecording(at("a.zarr"))).layout().dtype).toBe("float32");
    const wrong = await minisim(["simulate", "tiny.yaml", "-o", "b.zarr", "--until", "composit"]);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('Did you mean "composite"?');
    expect(files()).toEqual(["a.zarr", "tiny.yaml"]);
  });

  test("--until a cell step: all the truth, no frames", async () => {
    expect(
      (await minisim(["simulate", "tiny.yaml", "-o", "a.zarr", "--until", "cell_activity"])).code,
    ).toBe(0);
    const stored = await loadRecording(at("a.zarr"));
    expect(stored.observed.shape).toEqual([0, 24, 20]);
    expect(stored.ground_truth.n_units).toBeGreaterThan(0);
  });

  test("snapshots where the spec asks for them", async () => {
    const set = ["--set", "output.save_intermediates=true"];
    expect((await minisim(["simulate", "tiny.yaml", "-o", "a.zarr", ...set])).code).toBe(0);
    const stored = await loadRecording(at("a.zarr"));
    const recording = await simulateInMemory({ ...tiny(), output: { save_intermediates: true } });
    expect(Object.keys(stored.snapshots)).toEqual(Object.keys(recording.snapshots));
    expect(Object.keys(stored.snapshots)).toContain("cells_only");
    for (const [name, { movie, fov_offset }] of Object.entries(recording.snapshots)) {
      expect(stored.snapshots[name]!.movie.data).toEqual(movie.data);
      expect(stored.snapshots[name]!.fov_offset).toEqual(fov_offset);
    }
  });

  test("nothing is overwritten without --force", async () => {
    await minisim(["simulate", "tiny.yaml", "-o", "a.zarr"]);
    const before = readFileSync(at("a.zarr", "zarr.json"), "utf8");
    const refused = await minisim(["simulate", "tiny.yaml", "-o", "a.zarr", "--seed", "8"]);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain("Use --force to replace it.");
    expect(readFileSync(at("a.zarr", "zarr.json"), "utf8")).toBe(before);
    expect(
      (await minisim(["simulate", "tiny.yaml", "-o", "a.zarr", "--seed", "8", "--force"])).code,
    ).toBe(0);
    expect((await openRecording(at("a.zarr"))).spec.seed).toBe(8);
    expect(files()).toEqual(["a.zarr", "tiny.yaml"]);
  });

  test("an interrupt leaves nothing and exits 130", async () => {
    const controller = new AbortController();
    const { code, err } = await minisim(
      ["simulate", "tiny.yaml", "-o", "a.zarr", "--set", "acquisition.duration_s=600"],
      {
        signal: controller.signal,
        isTTY: true,
        onErr: (text) => text.includes("frames") && controller.abort(),
      },
    );
    expect(code).toBe(130);
    expect(err).toContain("interrupted");
    expect(files()).toEqual(["tiny.yaml"]);
  });

  test("a folder that is not there is made", async () => {
    const { code } = await minisim(["simulate", "tiny.yaml", "-o", "no/a.zarr"]);
    expect(code).toBe(0);
    expect(files()).toContain("no");
  });

  test("a progress bar on a terminal only, colours unless NO_COLOR", async () => {
    const plain = await minisim(["simulate", "tiny.yaml", "-o", "a.zarr"]);
    expect(plain.err).not.toContain("frames");
    const esc = String.fromCharCode(27);
    const tty = await minisim(["simulate", "tiny.yaml", "-o", "b.zarr"], { isTTY: true });
    expect(tty.err).toContain("20/20 frames");
    expect(tty.out).toContain(`${esc}[1mb.zarr`);
    const bare = await minisim(["simulate", "tiny.yaml", "-o", "c.zarr"], {
      isTTY: true,
      env: { NO_COLOR: "1" },
    });
    expect(bare.out).not.toContain(esc);
  });
});

describe("--plugin", () => {
  const plugin = fileURLToPath(new URL("fixtures/plugin.mjs", import.meta.url));

  test("adds the steps that a file exports", async () => {
    write(
      "half.yaml",
      TINY.replace("  - kind: brain_motion", "  - kind: halve\n  - kind: brain_motion"),
    );
    const known = await minisim([
      "simulate",
      "half.yaml",
      "-o",
      "a.zarr",
      "--plugin",
      plugin,
      "--until",
      "halve",
    ]);
    expect(known.err).not.toContain("error");
    expect(known.code).toBe(0);
    await minisim(["simulate", "tiny.yaml", "-o", "b.zarr", "--until", "composite"]);
    const half = (await loadRecording(at("a.zarr"))).observed.data;
    const whole = (await loadRecording(at("b.zarr"))).observed.data;
    expect(half).toEqual(whole.map((value) => value * 0.5));
    const listed = await minisim(["steps", "halve", "--plugin", plugin]);
    expect(listed.out).toContain("share  0.5  [0 … 1]");
    const unknown = await minisim(["validate", "half.yaml"]);
    expect(unknown.code).toBe(1);
    expect(unknown.out).toContain("steps[4].kind");
    const refused = await minisim(["simulate", "half.yaml", "-o", "c.zarr"]);
    expect(refused.err).toContain("--plugin PATH_OR_PACKAGE");
  });

  test.each([
    ["./nothing.mjs", "there is no file or folder ./nothing.mjs"],
    ["no-such-package-here", 'the plugin "no-such-package-here" cannot be loaded'],
    ["./empty.mjs", "exports no step"],
  ])("%s is one clear line", async (name, sentence) => {
    write("empty.mjs", "export const a = 1;\n");
    const { code, err } = await minisim(["steps", "--plugin", name]);
    expect(code).toBe(1);
    expect(err).toContain(sentence);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("on several threads", () => {
  test("--workers changes no byte, and wants a whole number", async () => {
    await minisim(["simulate", "tiny.yaml", "-o", "a.zarr", "--workers", "0"]);
    await minisim(["simulate", "tiny.yaml", "-o", "b.zarr", "--workers", "2"]);
    const chunk = (store: string) => readFileSync(at(store, "observed", "c", "0", "0", "0"));
    expect(chunk("b.zarr").equals(chunk("a.zarr"))).toBe(true);
    const wrong = await minisim(["simulate", "tiny.yaml", "-o", "c.zarr", "--workers", "two"]);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain("It must be a whole number, 0 or more.");
  });

  test("--profile says on stderr where the time went", async () => {
    const { err, code } = await minisim(["simulate", "tiny.yaml", "-o", "a.zarr", "--profile"]);
    expect(code).toBe(0);
    const phases = err.match(/^ {2}.*?(?= {2,}[\d.]+ s)/gm)?.map((line) => line.trim());
    expect(phases).toEqual([
      "compile spec",
      ...["place_neurons", "cell_activity", "optics", "composite", "brain_motion", "sensor"].map(
        (kind) => `compile ${kind}`,
      ),
      "finalize",
      "operands",
      "weights",
      "worker 1 starts",
      "worker 1 renders",
      "worker 1 encodes and writes",
      "ground truth",
      "total",
    ]);
    expect(err).toContain("20 frames, ");
  });

  test("--resume continues what a killed run left", async () => {
    await minisim(["simulate", "tiny.yaml", "-o", "a.zarr"]);
    const files = readdirSync(at("a.zarr"), { recursive: true }).sort();
    // What a killed run leaves: not sealed, a chunk not there, beside a chunk that is and stays.
    renameSync(at("a.zarr"), at("a.zarr.partial"));
    rmSync(at("a.zarr.partial", "observed", "c"), { recursive: true });
    const kept = at("a.zarr.partial", "ground_truth", "C", "c", "0", "0");
    const before = statSync(kept).mtimeMs;
    const { code } = await minisim(["simulate", "tiny.yaml", "-o", "a.zarr", "--resume"]);
    expect(code).toBe(0);
    expect(readdirSync(at("a.zarr"), { recursive: true }).sort()).toEqual(files);
    expect(statSync(at("a.zarr", "ground_truth", "C", "c", "0", "0")).mtimeMs).toBe(before);
    expect(files.length).toBeGreaterThan(20);
  });
});
