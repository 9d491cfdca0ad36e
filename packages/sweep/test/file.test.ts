import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSweepText, sweepJsonSchema } from "@minisim/sweep";
import { loadSweepFile } from "@minisim/sweep/node";
import { builtinSteps, createSimulator } from "minisim";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { base } from "./specs.ts";

const read = (text: string) => readSweepText(text, { name: "SWEEP.yaml" });
const messageOf = (text: string) => {
  try {
    read(text);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
};

describe("a sweep file", () => {
  test("has a base, axes, and what to do with the recordings", () => {
    const { file, sweep } = read(`
base: miniscope_v4/ca1
axes:
  acquisition.optics.na: [0.3, 0.45]
  acquisition.focal_depth_in_tissue_um: [50, auto]
zip: true
repeats: 2
score: { match_threshold: 0.4 }
pipeline: [roi, oracle]
`);
    expect(file).toMatchObject({
      base: "miniscope_v4/ca1",
      zip: true,
      repeats: 2,
      score: { match_threshold: 0.4 },
      pipeline: ["roi", "oracle"],
    });
    expect(sweep.variants.map(({ tags }) => Object.values(tags))).toEqual([
      [0.3, 50, 0, 0],
      [0.3, 50, 1, 1],
      [0.45, "auto", 0, 0],
      [0.45, "auto", 1, 1],
    ]);
  });

  test("may hold its base, and be JSON", () => {
    const { sweep } = read(JSON.stringify({ base, axes: { seed: [1, 2] } }));
    expect(sweep.variants).toHaveLength(2);
  });

  test("says by line and column where its axes are wrong", () => {
    const text = "base: miniscope_v4/ca1\naxes:\n  seed: [1, -1]\n  acquisition.optics.naa: [1]\n";
    expect(messageOf(text)).toBe(
      [
        "The sweep has 2 errors:",
        '  SWEEP.yaml:4:3  axes["acquisition.optics.naa"]: the spec has no such field. Did you mean "acquisition.optics.na"?',
        "  SWEEP.yaml:3:13  axes.seed[1]: must be ≥ 0 (got -1).",
      ].join("\n"),
    );
  });

  test("says what it is not made of", () => {
    const text =
      "bse: miniscope_v4/ca1\naxes:\n  seed: 3\nrepeats: 0\nzip: 3\nscore: 1\npipeline: ''\n";
    expect(messageOf(text).split("\n").slice(1).sort()).toEqual([
      "  SWEEP.yaml:1:1  base: is missing: must be the name of a preset, a spec file or a spec.",
      '  SWEEP.yaml:1:1  bse: unknown field. Did you mean "base"?',
      "  SWEEP.yaml:3:3  axes.seed: must be a list of values.",
      "  SWEEP.yaml:4:1  repeats: must be a whole number from 1.",
      "  SWEEP.yaml:5:1  zip: must be true or false.",
      "  SWEEP.yaml:6:1  score: must be a map of options.",
      "  SWEEP.yaml:7:1  pipeline: must not be empty.",
    ]);
    expect(messageOf("- 1")).toBe("SWEEP.yaml  a sweep is a map with base and axes.");
    expect(messageOf("base: miniscope_v4/ca1\naxes: {seed: [.nan]}")).toContain("no .nan");
    expect(messageOf("base: [")).toMatch(/^SWEEP\.yaml:1:\d+ {2}/);
  });

  test("whose inline base is wrong points into it", () => {
    const text = "base:\n  seed: -1\n  steps: []\naxes: { seed: [1] }\n";
    expect(messageOf(text)).toBe("SWEEP.yaml:2:3  base.seed: must be ≥ 0 (got -1).");
  });
});

describe("on disk", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "minisim-sweep-file-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("the base is a file beside it, and is blamed for its own mistakes", () => {
    const path = join(folder, "SWEEP.yaml");
    writeFileSync(path, "base: base.json\naxes: { seed: [1, 2] }\n");
    writeFileSync(join(folder, "base.json"), JSON.stringify(base));
    expect(loadSweepFile(path).sweep.variants).toHaveLength(2);
    writeFileSync(join(folder, "base.json"), '{ "seed": -1,\n  "steps": 3 }');
    expect(() => loadSweepFile(path)).toThrow(/base\.json:2:3 {2}steps: must be a list of steps/);
    rmSync(join(folder, "base.json"));
    expect(() => loadSweepFile(path, { name: "S.yaml" })).toThrow(
      /^S\.yaml:1:1 {2}base: "base\.json" is neither a spec file nor a preset\./,
    );
  });
});

test("the JSON Schema knows specs as bases", () => {
  const schema = sweepJsonSchema(createSimulator({ steps: builtinSteps })) as never as {
    required: string[];
    properties: Record<string, { anyOf: { properties?: object }[] }>;
  };
  expect(schema.required).toEqual(["base"]);
  expect(Object.keys(schema.properties.base!.anyOf[1]!.properties!)).toContain("acquisition");
});
