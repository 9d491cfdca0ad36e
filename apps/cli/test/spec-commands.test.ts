// init, validate, schema, steps: the commands about specs.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readSpecText } from "@minisim/spec/text";
import { builtin, builtinSteps, preset, presetNames, presets, Spec } from "minisim";
import { describe, expect, test } from "vitest";
import { at, minisim, TINY, write } from "./harness.ts";

describe("init", () => {
  test.each(presetNames)(
    "the template of %s parses to the preset's own canonical spec",
    async (name) => {
      const { code, out } = await minisim(["init", name]);
      expect(code).toBe(0);
      const { value } = readSpecText(out, { name: "template" });
      const canonical = (spec: unknown) => Spec.canonicalJson(Spec.parse(spec));
      expect(canonical(value)).toBe(canonical(preset(name)));
    },
  );

  test("every field of the spec stands in the template, with unit and description", async () => {
    const { out } = await minisim(["init", "generic_1p/ca1"]);
    expect(out).toMatch(
      /# Numerical aperture on the tissue side\. \[≥ 0\.01, < 1\.33\]\n {4}#na: 0\.45\n/,
    );
    expect(out).toMatch(/# Frames per second\. \[Hz; 0\.0001 … 1000\]\n {2}fps: 20\n/);
    // What has no default is not there as YAML.
    expect(out).toContain(
      "# Left out here; it is written as window: {top: 0, left: 0, height: …, width: …}.\n",
    );
    const step = builtinSteps.find(({ kind }) => kind === "cell_activity")!;
    for (const field of Object.keys(step.params.shape)) {
      expect(out).toMatch(new RegExp(`^ {4}#?${field}: `, "m"));
    }
  });

  test("a commented field holds when uncommented", async () => {
    const { out } = await minisim(["init", "miniscope_v4/ca1"]);
    const { value } = readSpecText(out.replaceAll(/^( +)#(\w+: )/gm, "$1$2"), { name: "t" });
    const canonical = (spec: unknown) => Spec.canonicalJson(Spec.parse(spec));
    expect(canonical(value)).toBe(canonical(preset("miniscope_v4/ca1")));
  });

  test("writes a file once, and again only with --force", async () => {
    expect((await minisim(["init", "miniscope_v4/ca1", "-o", "spec.yaml"])).code).toBe(0);
    const first = readFileSync(at("spec.yaml"), "utf8");
    const refused = await minisim(["init", "generic_1p/ca1", "-o", "spec.yaml"]);
    expect(refused.code).toBe(1);
    expect(refused.err).toBe(
      "error: spec.yaml exists already and was left as it is. Use --force to replace it.\n",
    );
    expect(readFileSync(at("spec.yaml"), "utf8")).toBe(first);
    expect((await minisim(["init", "generic_1p/ca1", "-o", "spec.yaml", "--force"])).code).toBe(0);
    const second = readFileSync(at("spec.yaml"), "utf8");
    expect(second).not.toBe(first);
    write("spec.yaml", second.replace("seed: 0", "seed: 7"));
    const edited = await minisim(["init", "generic_1p/ca1", "-o", "spec.yaml", "--force"]);
    expect(edited).toMatchObject({
      code: 1,
      err: "error: spec.yaml was edited since minisim wrote it, so it is not replaced. Move it away, or choose another path.\n",
    });
    expect(readFileSync(at("spec.yaml"), "utf8")).toContain("seed: 7");
  });

  test("lists the presets with their sources, and suggests one for a slip", async () => {
    const listed = await minisim(["init", "--json"]);
    expect(JSON.parse(listed.out).map((one: { name: string }) => one.name)).toEqual(presetNames);
    const { out } = await minisim(["init"]);
    const text = out.replace(/\s+/g, " ");
    for (const { name, source } of presets) {
      expect(text).toContain(name);
      expect(text).toContain(source);
    }
    const wrong = await minisim(["init", "miniscope_v4/ca2"]);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('Did you mean "miniscope_v4/ca1"?');
  });

  test("adds steps where they belong, with their defaults and remarks", async () => {
    const add = ["--add", "hemodynamics", "--add", "brain_motion", "--add", "bleaching"];
    const { code, out } = await minisim(["init", "classic/ca1", ...add]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^# Minisim spec, from the preset classic\/ca1, with hemodynamics, brain_motion, bleaching\.\n/,
    );
    const { value } = readSpecText(out, { name: "template" });
    const { steps } = value as { steps: { kind: string }[] };
    const there = preset("classic/ca1")!.steps.map(({ kind }) => kind as string);
    const kinds = steps.map(({ kind }) => kind);
    expect(kinds.filter((kind) => there.includes(kind))).toEqual(there);
    expect(kinds.toSorted()).toEqual(
      [...there, "hemodynamics", "brain_motion", "bleaching"].toSorted(),
    );
    const order = builtin.steps.map(({ kind }) => kind);
    expect(kinds).toEqual(order.filter((kind) => kinds.includes(kind)));
    expect(out).toMatch(/- kind: bleaching\n( {4}# .*\n)+ {4}#\w+: /);
    expect((await minisim(["complete", "--", "init", "--add", "ble"])).out).toMatch(/^bleaching\t/);
    // What is added is what the step is by default.
    expect(steps.find(({ kind }) => kind === "bleaching")).toEqual({ kind: "bleaching" });
    const asJson = await minisim(["init", "classic/ca1", ...add, "--json"]);
    expect(JSON.parse(asJson.out)).toEqual(value);
  });

  test("adds a step of a plugin, and says that the plugin is needed", async () => {
    const plugin = fileURLToPath(new URL("fixtures/plugin.mjs", import.meta.url));
    const with_it = ["--plugin", plugin];
    const made = await minisim([
      ...["init", "generic_1p/ca1", "--add", "halve", ...with_it, "-o", "spec.yaml"],
    ]);
    expect(made.code).toBe(0);
    const text = readFileSync(at("spec.yaml"), "utf8").replaceAll(/\n# /g, " ");
    expect(text).toContain(`Use it with --plugin ${plugin}, which has halve.`);
    expect((await minisim(["validate", "spec.yaml", ...with_it])).code).toBe(0);
    const unknown = await minisim(["init", "generic_1p/ca1", "--add", "halve"]);
    expect(unknown).toMatchObject({ code: 2, out: "" });
    expect(unknown.err).toContain('there is no step "halve" to add.');
    expect(unknown.err).toContain("--plugin brings others.");
  });

  test("says of each step that cannot be added why, at once", async () => {
    const { code, out, err } = await minisim([
      ...["init", "classic/ca1", "--add", "brain_moton", "--add", "sensor"],
      ...["--add", "bleaching", "--add", "bleaching"],
    ]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain('there is no step "brain_moton" to add. Did you mean "brain_motion"?');
    expect(err).toContain("\nerror: the preset classic/ca1 has the step sensor already.\n");
    expect(err).toContain("\nerror: --add bleaching is there twice.\n");
    const nowhere = await minisim(["init", "--add", "bleaching"]);
    expect(nowhere).toMatchObject({ code: 2, out: "" });
    expect(nowhere.err).toContain("--add adds to a preset: name one, as in minisim init");
  });

  test("makes the folder of the file", async () => {
    expect((await minisim(["init", "miniscope_v4/ca1", "-o", "new/spec.yaml"])).code).toBe(0);
    expect((await minisim(["validate", "new/spec.yaml"])).code).toBe(0);
  });
});

describe("validate", () => {
  test("a valid spec: its cache key, exit 0", async () => {
    const { code, out } = await minisim(["validate", write("spec.yaml", TINY)]);
    expect(code).toBe(0);
    expect(out).toMatch(/^valid [0-9a-f]{16}\n$/);
  });

  test("every issue at its place in the file, exit 1", async () => {
    const spec = "seed: -1\nacquisition:\n  fsp: 20\nsteps:\n  - kind: optic\n";
    const { code, out } = await minisim(["validate", write("bad.yaml", spec)]);
    const lines = out.trimEnd().split("\n");
    expect(code).toBe(1);
    expect(lines).toHaveLength(3);
    expect(lines.find((line) => line.startsWith("bad.yaml:1:1  seed: "))).toBeDefined();
    expect(lines.find((line) => line.startsWith("bad.yaml:3:3  acquisition.fsp: "))).toContain(
      "fps",
    );
    expect(lines.find((line) => line.startsWith("bad.yaml:5:5  steps[0].kind: "))).toContain(
      "optics",
    );
  });

  test("--json carries the issues as data", async () => {
    const { code, out } = await minisim(["validate", write("bad.json", '{"steps": 3}'), "--json"]);
    const { valid, cache_key, issues } = JSON.parse(out);
    expect(code).toBe(1);
    expect({ valid, cache_key }).toEqual({ valid: false, cache_key: null });
    expect(issues).toMatchObject([{ severity: "error", path: ["steps"] }]);
  });

  test("broken YAML is one line with its place", async () => {
    const { code, err } = await minisim([
      "validate",
      write("broken.yaml", "seed: [1\nsteps: []\n"),
    ]);
    expect(code).toBe(1);
    expect(err).toMatch(/^error: broken\.yaml:\d+:\d+ {2}.+\n$/);
  });

  test("neither file nor preset", async () => {
    const { code, err } = await minisim(["validate", "miniscope_v4/ca"]);
    expect(code).toBe(2);
    expect(err).toContain(
      '"miniscope_v4/ca" is neither a file nor a preset. Did you mean "miniscope_v4/ca1"?',
    );
  });
});

describe("steps", () => {
  test("all in canonical order", async () => {
    const { out } = await minisim(["steps", "--json"]);
    const kinds = JSON.parse(out).map((step: { kind: string }) => step.kind);
    expect(kinds[0]).toBe("place_neurons");
    expect(kinds.at(-1)).toBe("acquisition_faults");
    expect(new Set(kinds)).toEqual(new Set(builtinSteps.map(({ kind }) => kind)));
  });

  test("one: parameters with default, unit, range and source; truth; sources", async () => {
    const { out } = await minisim(["steps", "cell_activity"]);
    expect(out).toContain("  kinetics_cv  0.15  [0 … 1]\n      Coefficient of variation");
    const step = builtinSteps.find(({ kind }) => kind === "cell_activity")!;
    const asData = JSON.parse((await minisim(["steps", "cell_activity", "--json"])).out);
    const sources = Object.values(asData.params.properties as Record<string, { source?: string }>)
      .map(({ source }) => source)
      .filter((source) => source !== undefined);
    expect(sources.length).toBeGreaterThan(0);
    for (const source of sources) expect(out).toContain(`source: ${source.slice(0, 40)}`);
    for (const field of Object.keys(step.params.shape)) expect(out).toContain(`  ${field}  `);
  });

  test("truth fields are shown where a step declares some", async () => {
    const { out } = await minisim(["steps", "vignette"]);
    expect(out).toMatch(/Ground truth\n {2}vignette {2}height × width/);
  });

  test("an unknown kind", async () => {
    const { code, err } = await minisim(["steps", "vasculatur"]);
    expect(code).toBe(2);
    expect(err).toContain('there is no step "vasculatur". Did you mean "vasculature"?');
  });
});

describe("schema", () => {
  test("prints the schema of the specs", async () => {
    const { out } = await minisim(["schema"]);
    expect(JSON.parse(out)).toEqual(Spec.jsonSchema());
  });

  test("examples/spec.schema.json is that schema (npx minisim schema > examples/spec.schema.json)", () => {
    const file = fileURLToPath(new URL("../../../examples/spec.schema.json", import.meta.url));
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(Spec.jsonSchema());
  });
});
