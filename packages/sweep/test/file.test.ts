import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FileReference } from "@minisim/spec";
import { InputError } from "@minisim/spec/input";
import { readSweepText, sweepJsonSchema } from "@minisim/sweep";
import { loadSweepFile } from "@minisim/sweep/node";
import { builtinSteps, createSimulator } from "minisim";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { base } from "./specs.ts";

const read = (text: string) => readSweepText(text, { name: "SWEEP.yaml" });
const messageOf = async (text: string) => {
  try {
    await read(text);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
};

describe("a sweep file", () => {
  test("has a base, axes, and what to do with the recordings", async () => {
    const { file, sweep } = await read(`
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

  test("may hold its base, and be JSON", async () => {
    const { sweep } = await read(JSON.stringify({ base, axes: { seed: [1, 2] } }));
    expect(sweep.variants).toHaveLength(2);
  });

  test("says by line and column where its axes are wrong", async () => {
    const text = "base: miniscope_v4/ca1\naxes:\n  seed: [1, -1]\n  acquisition.optics.naa: [1]\n";
    expect(await messageOf(text)).toBe(
      [
        "The sweep has 2 errors:",
        '  SWEEP.yaml:4:3  axes["acquisition.optics.naa"]: the spec has no such field. Did you mean "acquisition.optics.na"?',
        "  SWEEP.yaml:3:13  axes.seed[1]: must be ≥ 0 (got -1).",
      ].join("\n"),
    );
  });

  test("says what it is not made of", async () => {
    const text =
      "bse: miniscope_v4/ca1\naxes:\n  seed: 3\nrepeats: 0\nzip: 3\nscore: 1\npipeline: ''\n";
    expect((await messageOf(text)).split("\n").slice(1).sort()).toEqual([
      "  SWEEP.yaml:1:1  base: is missing: must be the name of a preset, a spec file or a spec.",
      '  SWEEP.yaml:1:1  bse: unknown field. Did you mean "base"?',
      "  SWEEP.yaml:3:3  axes.seed: must be a list of values.",
      "  SWEEP.yaml:4:1  repeats: must be a whole number from 1.",
      "  SWEEP.yaml:5:1  zip: must be true or false.",
      "  SWEEP.yaml:6:1  score: must be a map of options.",
      "  SWEEP.yaml:7:1  pipeline: must not be empty.",
    ]);
    expect(await messageOf("- 1")).toBe("SWEEP.yaml  a sweep is a map with base and axes.");
    expect(await messageOf("base: miniscope_v4/ca1\naxes: {seed: [.nan]}")).toContain("no .nan");
    expect(await messageOf("base: [")).toMatch(/^SWEEP\.yaml:1:\d+ {2}/);
  });

  test("whose inline base is wrong points into it", async () => {
    const text = "base:\n  seed: -1\n  steps: []\naxes: { seed: [1] }\n";
    expect(await messageOf(text)).toBe("SWEEP.yaml:2:3  base.seed: must be ≥ 0 (got -1).");
  });
});

describe("on disk", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "minisim-sweep-file-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("the base is a file beside it, and is blamed for its own mistakes", async () => {
    const path = join(folder, "SWEEP.yaml");
    writeFileSync(path, "base: base.json\naxes: { seed: [1, 2] }\n");
    writeFileSync(join(folder, "base.json"), JSON.stringify(base));
    expect((await loadSweepFile(path)).sweep.variants).toHaveLength(2);
    writeFileSync(join(folder, "base.json"), '{ "seed": -1,\n  "steps": 3 }');
    await expect(loadSweepFile(path)).rejects.toThrow(
      /base\.json:2:3 {2}steps: must be a list of steps/,
    );
    rmSync(join(folder, "base.json"));
    await expect(loadSweepFile(path, { name: "S.yaml" })).rejects.toThrow(
      /^S\.yaml:1:1 {2}base: "base\.json" is neither a spec file nor a preset\./,
    );
  });

  test("what a base refers to is read from beside it, and an unreadable one is blamed in its file", async () => {
    const path = join(folder, "SWEEP.yaml");
    writeFileSync(path, "base: files/base.json\naxes: { seed: [1, 2] }\n");
    mkdirSync(join(folder, "files"), { recursive: true });
    const steps = [{ kind: "cell_activity", spike_times_s: { file: "spikes.csv" } }];
    writeFileSync(join(folder, "files/base.json"), JSON.stringify({ steps }, null, 1));
    const seen: unknown[] = [];
    const readFile = async ({ content, file }: FileReference, from: string) => {
      seen.push([content, join(from, file)]);
      return [[0.5]];
    };
    const { sweep } = await loadSweepFile(path, { readFile });
    expect(seen).toEqual([["events", join(folder, "files/spikes.csv")]]);
    expect(sweep.variants[0]!.spec.steps[0]).toMatchObject({ spike_times_s: [[0.5]] });
    const fails = async () => {
      throw new InputError(["the disk is on fire."]);
    };
    await expect(loadSweepFile(path, { readFile: fails })).rejects.toThrow(
      /base\.json:5:\d+ {2}steps\[0\]\.spike_times_s: cannot be read: the disk is on fire\./,
    );
  });

  test("neither is anything but a file", async () => {
    const path = join(folder, "SWEEP.yaml");
    writeFileSync(path, `base: ${JSON.stringify(folder)}\naxes: { seed: [1, 2] }\n`);
    await expect(loadSweepFile(path)).rejects.toThrow(`${folder} is a folder, not a file.`);
    writeFileSync(path, Buffer.from("\uFEFFbase: a", "utf16le"));
    await expect(loadSweepFile(path, { name: "S.yaml" })).rejects.toThrow(
      "S.yaml:1:1  this is UTF-16 (little-endian); save it as UTF-8.",
    );
    await expect(loadSweepFile(folder)).rejects.toThrow(`${folder} is a folder, not a file.`);
  });
});

describe("names that objects have of their own", () => {
  const polluted = () => Object.getOwnPropertyNames(Object.prototype).sort();
  const before = polluted();
  const axes = (path: string, value = "1") =>
    JSON.stringify({ base: "miniscope_v4/ca1", axes: { x: [] } }).replace(
      '"x":[]',
      `${JSON.stringify(path)}:[${value}]`,
    );

  test.each([
    ["an axis", axes("__proto__"), /__proto__: unknown field\./],
    ["an axis below", axes("__proto__.polluted"), /the spec has no such field\./],
    ["a section's", axes("acquisition.__proto__.polluted"), /the spec has no such field\./],
    ["a section's own", axes("acquisition.__proto__"), /the spec has no such field\./],
    ["constructor", axes("constructor.prototype.polluted"), /the spec has no such field\./],
    ["a section's constructor", axes("acquisition.constructor.prototype.x"), /no such field\./],
    ["a constructor set", axes("acquisition.constructor"), /the spec has no such field\./],
    ["a step", axes("steps.__proto__.polluted"), /the spec has no step "__proto__"\./],
    ["a step as a whole", axes("steps.__proto__"), /there is no step of the kind "__proto__"\./],
    ["a step's", axes("steps.place_neurons.__proto__.x"), /the spec has no such field\./],
    ["a population's", axes("steps.place_neurons.constructor"), /the spec has no such field\./],
    ["a list's", axes("steps.place_neurons.populations.__proto__"), /there is no "__proto__" in a/],
    ["a list's item's", axes("steps.place_neurons.populations.0.__proto__.x"), /no such field\./],
    ["a value's", axes("acquisition.optics", '{"__proto__":{"polluted":1}}'), /unknown field\./],
    ["a step's value's", axes("steps.sensor", '{"__proto__":{"polluted":1}}'), /unknown field\./],
    ["the file's", '{"base":"a","axes":{"seed":[1]},"__proto__":{"x":1}}', /unknown field\./],
    ["the score's", '{"base":"a","axes":{"seed":[1]},"score":{"__proto__":1}}', /unknown field\./],
    ["the base's", '{"base":{"__proto__":1,"steps":[]},"axes":{"seed":[1]}}', /unknown field\./],
  ])("%s is unknown, and nothing of it is touched", async (_, text, sentence) => {
    expect(await messageOf(text)).toMatch(sentence);
    expect(polluted()).toEqual(before);
    expect({}).not.toHaveProperty("polluted");
  });
});

describe("what is wrong in hundreds of thousands of places", () => {
  test("is said of the first", async () => {
    const axes = (length: number) =>
      messageOf(`{"base": "miniscope_v4/ca1", "axes": {"seed": [${"1e999,".repeat(length)}1]}}`);
    const message = await axes(99_999);
    expect(message).toContain("axes.seed[0]: must be a value that JSON has");
    expect(message.length).toBeLessThan(5000);
    expect(await axes(100_000)).toBe(
      "SWEEP.yaml:1:39  axes.seed: has 100001 values; a sweep has at most 100000 points.",
    );
    const fields = Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`k${i}`, []]));
    expect(await messageOf(JSON.stringify({ base: "a", axes: fields }))).toBe(
      "SWEEP.yaml:1:13  axes: has 2000 fields, of which it can have 1000.",
    );
  });

  test("a name that fills a page is cut", async () => {
    const long = "k".repeat(100_000);
    const texts = [
      JSON.stringify({ base: long, axes: { seed: [1] } }),
      JSON.stringify({ base: "miniscope_v4/ca1", axes: { [long]: [1] } }),
      JSON.stringify({ base: "miniscope_v4/ca1", axes: { [`steps.${long}`]: [1] } }),
      JSON.stringify({
        base: "miniscope_v4/ca1",
        axes: { seed: [long], "acquisition.fps": [long, 1] },
      }),
      JSON.stringify({ base: "miniscope_v4/ca1", [long]: 1 }),
    ];
    for (const text of texts) expect((await messageOf(text)).length).toBeLessThan(2000);
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
