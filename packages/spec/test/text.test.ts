import { createSpecFactory } from "@minisim/spec";
import { formatIssues, readSpecText, SpecTextError } from "@minisim/spec/text";
import { describe, expect, test } from "vitest";
import { factory } from "./fake-steps.ts";
import oracles from "./fixtures/oracles.json" with { type: "json" };

const name = "spec.yaml";
const lines = (...text: string[]) => text.join("\n");

function report(text: string): string[] {
  const document = readSpecText(text, { name });
  const result = factory.safeParse(document.value);
  return formatIssues(result.ok ? result.warnings : result.issues, document);
}

describe("values", () => {
  test.each([undefined, 2, "\t"])("JSON indented by %j is read as JSON", (indent) => {
    const text = JSON.stringify(oracles.spec_v4_ca1, null, indent);
    expect(readSpecText(text, { name }).value).toEqual(oracles.spec_v4_ca1);
  });

  test("YAML with comments and anchors", () => {
    const text = lines(
      "# two populations alike",
      "steps:",
      "  - kind: place_neurons",
      "    populations:",
      "      - &deep { depth_range_um: [100, 1.5e2] }",
      "      - *deep",
    );
    const population = { depth_range_um: [100, 150] };
    expect(readSpecText(text, { name }).value).toEqual({
      steps: [{ kind: "place_neurons", populations: [population, population] }],
    });
  });

  test("an empty text is null", () => {
    expect(report("")).toEqual([
      "spec.yaml:1:1  spec: must be an object with acquisition, seed, steps, output, got null.",
    ]);
  });

  test("YAML 1.1 habits stay text", () => {
    expect(readSpecText("[yes, 1_000, 2020-01-01]", { name }).value).toEqual([
      "yes",
      "1_000",
      "2020-01-01",
    ]);
  });
});

describe("positions", () => {
  const text = lines(
    "acquisition:", // 1
    "  fps: -20", // 2
    "  optics: { na: 9, colour: 1 }", // 3
    "steps:", // 4
    "  - kind: cell_activity", // 5
    "    tau_decay: 0.5", // 6
    "  - kind: vignette", // 7
    "    center_offset_um:", // 8
    "      - 1", // 9
    '      - "2"', // 10
    "  - falloff: 1", // 11
    "  - sensor", // 12
  );

  test("every issue has the line and the column of its field or item", () => {
    expect(report(text).map((line) => line.replace(/(: must|is missing|: unknown).*/, ""))).toEqual(
      [
        "spec.yaml:3:13  acquisition.optics.na",
        "spec.yaml:3:20  acquisition.optics.colour",
        "spec.yaml:2:3  acquisition.fps",
        "spec.yaml:6:5  steps[0].tau_decay",
        "spec.yaml:10:9  steps[1].center_offset_um[1]",
        "spec.yaml:11:5  steps[2].kind: ",
        "spec.yaml:12:5  steps[3]",
      ],
    );
  });

  test("the sentence follows", () => {
    expect(report(text)[3]).toBe(
      'spec.yaml:6:5  steps[0].tau_decay: unknown field; did you mean "tau_decay_s"?',
    );
  });

  test("warnings say that they are", () => {
    const warned = lines(
      "acquisition: { focal_depth_in_tissue_um: 300 }",
      "steps: [{ kind: place_neurons }]",
    );
    expect(report(warned)).toEqual([
      "spec.yaml:2:9  warning: steps[0].depth_range_um: the focal plane at 300 µm lies outside.",
    ]);
  });

  test("JSON has positions too", () => {
    expect(report('{\n  "steps": [],\n  "seed": "x"\n}')[0]).toMatch(
      /^spec\.yaml:3:3 {2}seed: must be/,
    );
  });

  test("locate looks through aliases and knows what is not there", () => {
    const document = readSpecText("a: &x { b: [1, 2] }\nc: *x\n1: one\n", { name });
    expect(document.locate(["c"])).toEqual({ line: 2, column: 1 });
    expect(document.locate(["c", "b"])).toEqual({ line: 1, column: 9 });
    expect(document.locate(["c", "b", 1])).toEqual({ line: 1, column: 16 });
    expect(document.locate(["1"])).toEqual({ line: 3, column: 1 });
    expect(document.locate([])).toEqual({ line: 1, column: 1 });
    expect(document.locate(["c", "b", 2])).toBeUndefined();
    expect(document.locate(["a", "z"])).toBeUndefined();
    expect(document.locate(["a", "b", 0, "z"])).toBeUndefined();
  });

  test("issues of an empty document are at its start", () => {
    const result = createSpecFactory([]).safeParse(readSpecText("# nothing", { name }).value);
    expect(result.ok).toBe(false);
    const document = readSpecText("# nothing", { name });
    expect(
      formatIssues([{ severity: "error", code: "x", path: ["seed"], message: "no" }], document),
    ).toEqual([expect.stringMatching(/^spec\.yaml:1:\d+ {2}seed: no\.$/)]);
  });
});

describe("texts that are refused", () => {
  const bomb = [
    "- &a [x]",
    ...[..."bcdefgh"].map(
      (letter, i) => `- &${letter} [${Array(9).fill(`*${"abcdefg"[i]}`).join(", ")}]`,
    ),
  ];

  test.each<[string, string, string]>([
    [
      "duplicate key",
      "seed: 1\nsteps: []\nseed: 2",
      "spec.yaml:3:1  this key occurs twice in its map.",
    ],
    [
      "duplicate key in JSON",
      '{"seed": 1,\n "seed": 1}',
      "spec.yaml:2:2  this key occurs twice in its map.",
    ],
    ["tab as indentation", "steps:\n\t- 1", "spec.yaml:2:1  Tabs are not allowed as indentation."],
    [
      "reserved character",
      "seed: @1",
      "spec.yaml:1:7  Plain value cannot start with reserved character @.",
    ],
    ["own tag", "seed: !number 1", "spec.yaml:1:7  Unresolved tag: !number."],
    [
      "binary tag",
      "seed: !!binary aGVsbG8=",
      "spec.yaml:1:7  Unresolved tag: tag:yaml.org,2002:binary.",
    ],
    [
      "two documents",
      "seed: 1\n---\nseed: 2",
      "spec.yaml:2:1  a spec is one document; a second one starts here.",
    ],
    ["unknown alias", "seed:\n  *x", 'spec.yaml:2:3  no anchor above is called "x".'],
    [
      "alias in itself",
      "steps: &x\n  - *x",
      'spec.yaml:2:5  the alias "x" is inside its own anchor.',
    ],
    ["alias bomb", bomb.join("\n"), "spec.yaml:1:1  too many aliases that contain aliases."],
  ])("%s", (_name, text, message) => {
    expect(() => readSpecText(text, { name })).toThrow(
      new SpecTextError(name, positionIn(message), message.split("  ")[1]!),
    );
  });

  test.each(["[".repeat(5000), "- ".repeat(5000), '{"a":'.repeat(5000)])(
    "depth without end: %#",
    (text) => {
      expect(() => readSpecText(text, { name })).toThrow(
        /^spec\.yaml:1:\d+ {2}this is nested too deeply/,
      );
    },
  );

  test("an unclosed list says where it was given up", () => {
    expect(() => readSpecText("steps: [1,\n2", { name })).toThrow(/^spec\.yaml:2:1 {2}.*\]\.$/);
  });

  test("the error carries its position", () => {
    const act = () => readSpecText("seed: 1\nseed: 2", { name });
    expect(act).toThrow(SpecTextError);
    expect(act).toThrow(expect.objectContaining({ name: "SpecTextError", line: 2, column: 1 }));
  });
});

function positionIn(message: string) {
  const [, line, column] = /:(\d+):(\d+) /.exec(message)!;
  return { line: Number(line), column: Number(column) };
}
