// No text, however large or deep or wrong, makes the reader run on, run out of stack, or say more than a person reads.
import { formatIssues, readSpecText, SpecTextError } from "@minisim/spec/text";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readYaml } from "../src/text-yaml.ts";
import { factory } from "./fake-steps.ts";

const name = "spec.yaml";

/** All lines that a text with errors gives, or the one that refuses it. */
function lines(text: string): string[] {
  try {
    const document = readSpecText(text, { name });
    const result = factory.safeParse(document.value);
    return result.ok ? [] : formatIssues(result.issues, document);
  } catch (error) {
    expect(error).toBeInstanceOf(SpecTextError);
    return [(error as Error).message];
  }
}

describe("depth", () => {
  const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;

  test.each([
    ["indentation that falls back and grows again", indentations(9000, 2000)],
    ["indentation", indentations(300, 300)],
    ["keys of keys", "? ".repeat(1000)],
    ["lists of lists", "- ".repeat(1000)],
    ["brackets", nested(100_000)],
    ["braces", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`],
    ["both", "- [{".repeat(1000)],
  ])("%s", (_, text) => {
    expect(lines(text)).toEqual([
      expect.stringMatching(/^spec\.yaml:\d+:\d+ {2}this is nested too deeply for a spec\.$/),
    ]);
  });

  test("ninety levels are no harm", () => {
    expect(readSpecText(nested(90), { name }).value).toHaveLength(1);
    expect(readSpecText(indentations(90, 90), { name }).value).toHaveProperty("a");
  });

  function indentations(count: number, period: number): string {
    return Array.from({ length: count }, (__, i) => `${" ".repeat(i % period)}a:`).join("\n");
  }
});

describe("size", () => {
  test("bytes", () => {
    expect(lines("#".repeat(32_000_001))).toEqual([
      "spec.yaml:1:1  this has more than 32 MB, which no spec has.",
    ]);
  });

  test("an hour of shifts at 60 Hz is read, as JSON in no time", () => {
    const shifts = Array.from({ length: 216_000 }, (_, i) => [i / 70_000, -i / 90_000]);
    const text = JSON.stringify(
      { steps: [{ kind: "brain_motion", trajectory_um: shifts }] },
      null,
      2,
    );
    const began = performance.now();
    expect(readSpecText(text, { name }).value).toHaveProperty("steps");
    // A tenth of a second where nothing else runs; as YAML it takes ten seconds.
    expect(performance.now() - began).toBeLessThan(5000);
  });

  test("words and signs of YAML", () => {
    const text = "- [1, 2]\n".repeat(1000);
    expect(readYaml(name, text).value()).toHaveLength(1000);
    // Of each line it takes the dash, the blanks, brackets, comma, numbers with their marks, and the end.
    expect(() => readYaml(name, text, 5500)).toThrow(
      new SpecTextError(
        name,
        { line: 501, column: 1 },
        "this is too long for YAML (5500 words and signs up to here); as JSON it could be read.",
        "too_large",
      ),
    );
  });

  test("twenty thousand keys, of which none occurs twice", () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join("\n");
    const began = performance.now();
    expect(readSpecText(text, { name }).value).toHaveProperty("k19999");
    // Compared pair by pair they take half a minute.
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  test("ten thousand aliases of nothing are one", () => {
    expect(lines(`[${"*a, ".repeat(10_000)}]`)).toEqual([
      'spec.yaml:1:2  no anchor above is called "a".',
    ]);
  });
});

describe("echoes", () => {
  const long = "k".repeat(100_000);

  test.each([
    ["a key", `? ${long}\n: 1`],
    ["a key in a section", `acquisition: { ${long}: 1 }`],
    ["a value", `seed: ${long}`],
    ["a step", `steps: [{ kind: ${long} }]`],
    ["a tag", `seed: !${long} 1`],
    ["an alias", `seed: *${long}`],
    ["a key in JSON", JSON.stringify({ [long]: 1 })],
    ["letters of two units", JSON.stringify({ seed: "𝛕".repeat(1000), ["𝛕".repeat(1000)]: 1 })],
  ])("%s of 100 000 letters is cut", (_, text) => {
    const began = performance.now();
    for (const line of lines(text)) {
      expect(line.length).toBeLessThan(450);
      expect(line).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
    }
    // Compared with every name there is, letter by letter, it takes seven seconds.
    expect(performance.now() - began).toBeLessThan(3000);
  });

  test("of a list of wrong numbers, the first hundred are enough", () => {
    const trajectory_um = Array.from({ length: 200_000 }, () => ["x", null]);
    const found = lines(JSON.stringify({ steps: [{ kind: "brain_motion", trajectory_um }] }));
    expect(found).toHaveLength(101);
    expect(found[0]).toMatch(/steps\[0\]\.trajectory_um\[0\]\[0\]: must be a number/);
    expect(found.at(-1)).toMatch(/steps\[0\]: more than 100 things are wrong in here/);
  });

  test("of fields that nobody knows, too, wherever they are", () => {
    const unknown = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${i}`, i]));
    expect(lines(JSON.stringify({ ...unknown, steps: [] }))).toHaveLength(101);
    expect(lines(JSON.stringify({ acquisition: unknown, steps: [] }))).toHaveLength(101);
    expect(lines(JSON.stringify({ steps: [{ kind: "optics", ...unknown }] }))).toHaveLength(101);
  });

  test("of a million steps it is said how many they are", () => {
    const text = JSON.stringify({ steps: Array(1_000_000).fill({ kind: "optics" }) });
    expect(lines(text)).toEqual([
      "spec.yaml:1:2  steps: is a list of 1000000 steps; there are 12 kinds, and each occurs at most once.",
    ]);
  });
});

describe("JSON, which has a reader of its own,", () => {
  const key = fc.oneof(fc.string(), fc.constantFrom("__proto__", "a", '"', "\\", "\\\\", "}"));
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      key,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.uniqueArray(fc.tuple(key, tie("value")), { maxLength: 4, selector: ([name]) => name }),
    ),
  })).value;
  const indent = fc.constantFrom(undefined, 2, "\t");

  /** Pairs become objects, whose keys may then be any. */
  const objects = (value: unknown): unknown => {
    if (!Array.isArray(value)) return value;
    const pairs =
      value.length > 0 &&
      value.every((one) => Array.isArray(one) && one.length === 2 && typeof one[0] === "string");
    if (!pairs) return value.map(objects);
    return Object.fromEntries(value.map(([name, inner]) => [name, objects(inner)]));
  };

  function* paths(value: unknown, path: (string | number)[] = []): Generator<(string | number)[]> {
    yield path;
    if (Array.isArray(value))
      for (const [i, one] of value.entries()) yield* paths(one, [...path, i]);
    else if (typeof value === "object" && value !== null) {
      for (const [name, one] of Object.entries(value)) yield* paths(one, [...path, name]);
    }
  }

  test("has the values and the places that it has as YAML", () => {
    fc.assert(
      fc.property(json.map(objects), indent, (value, space) => {
        const text = JSON.stringify(value, null, space);
        const document = readSpecText(text, { name });
        const yaml = readYaml(name, text);
        expect(document.value).toEqual(yaml.value());
        for (const path of paths(document.value)) {
          expect(document.locate(path)).toEqual(yaml.locate(path));
          expect(document.locate([...path, "nowhere"])).toBeUndefined();
          expect(document.locate([...path, 99])).toBeUndefined();
        }
      }),
      { numRuns: 300 },
    );
  });

  test("may not have a key twice either", () => {
    for (const text of ['{"a":1,"a":2}', '[{"b":{"a":1, "\\u0061":2}}]']) {
      expect(lines(text)).toEqual([expect.stringContaining("this key occurs twice in its map.")]);
    }
  });
});
