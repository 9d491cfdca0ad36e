// What may stand where a spec is asked for: a file, a recording to make again; and what may not.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { at, minisim, type Run, TINY, write } from "./harness.ts";

describe("a recording", () => {
  test("is made again from its own spec", async () => {
    write("tiny.yaml", TINY);
    await minisim(["simulate", "tiny.yaml", "-o", "a.zarr"]);
    const again = await minisim(["simulate", "a.zarr", "-o", "b.zarr", "--json"]);
    const other = await minisim(["simulate", "a.zarr", "-o", "c.zarr", "--json", "--seed", "9"]);
    const validated = await minisim(["validate", "a.zarr", "--json"]);
    const key = (run: Run) => JSON.parse(run.out).cache_key;
    expect(key(again)).toBe(key(validated));
    expect(key(other)).not.toBe(key(again));
    const spec = (name: string) => readFileSync(at(name, "spec.json"), "utf8");
    expect(spec("b.zarr")).toBe(spec("a.zarr"));
    writeFileSync(at("a.zarr", "spec.json"), '{"steps": [],\n  "sed": 1}');
    expect((await minisim(["validate", "a.zarr"])).out).toBe(
      'a.zarr/spec.json:2:3  sed: unknown field; did you mean "seed"?\n',
    );
  });
});

describe("what is no spec is called by its name, at once", () => {
  test.each([
    ["a folder", "folder", "folder is a folder, not a file."],
    ["UTF-16", "utf16.yaml", "utf16.yaml:1:1  this is UTF-16 (little-endian); save it as UTF-8."],
    ["binary data", "movie.avi", "movie.avi:1:1  this is binary data (byte 4 is 0), not a text."],
  ])("%s", async (_, source, sentence) => {
    mkdirSync(at("folder"));
    writeFileSync(at("utf16.yaml"), Buffer.from(TINY, "utf16le"));
    writeFileSync(at("movie.avi"), Buffer.from("RIFF\0\x01\x02"));
    for (const argv of [
      ["validate", source],
      ["simulate", source, "-o", "a.zarr"],
      ["export", source, "--to", "tiff", "-o", "a.tif"],
      ["sweep", source, "-o", "out"],
    ]) {
      expect(await minisim(argv)).toEqual({ code: 1, out: "", err: `error: ${sentence}\n` });
    }
  });

  test("a name that is none is cut", async () => {
    const { code, err } = await minisim(["validate", "x".repeat(5000)]);
    expect(code).toBe(2);
    expect(err).toMatch(/^error: "x{60}…" is neither a file nor a preset\./);
  });
});

describe("--set of a name that objects have of their own", () => {
  const own = () => Object.getOwnPropertyNames(Object.prototype).sort();

  test.each([
    ["__proto__.polluted=1", /the spec has no such field\./],
    ["__proto__={polluted: 1}", /the spec has no such field\./],
    ["constructor.prototype.polluted=1", /the spec has no such field\./],
    ["acquisition.__proto__.polluted=1", /the spec has no such field\./],
    ["acquisition.optics.constructor.prototype.polluted=1", /the spec has no such field\./],
    ["acquisition={__proto__: {polluted: 1}}", /acquisition\.__proto__: unknown field;/],
    ["steps.__proto__.polluted=1", /the spec has no step "__proto__"/],
    ["steps.constructor.prototype.polluted=1", /the spec has no step "constructor"/],
    ["steps.sensor.__proto__.polluted=1", /the spec has no such field\./],
    ["steps[5].__proto__.polluted=1", /the spec has no such field\./],
    ["steps.sensor.photons_per_um2_s.__proto__.polluted=1", /the spec has no such field\./],
    [
      "steps.place_neurons.depth_range_um.__proto__.polluted=1",
      /there is no "__proto__" in a list of 2 items/,
    ],
    ["toString=1", /toString: unknown field;/],
  ])(
    "%s is an error like any unknown field, and no prototype is touched",
    async (set, sentence) => {
      write("tiny.yaml", TINY);
      const before = own();
      const { code, out, err } = await minisim(["validate", "tiny.yaml", "--set", set]);
      expect(code).not.toBe(0);
      expect(`${out}${err}`).toMatch(sentence);
      expect(own()).toEqual(before);
      expect({}).not.toHaveProperty("polluted");
      expect([]).not.toHaveProperty("polluted");
      expect(() => {}).not.toHaveProperty("polluted");
    },
  );

  test("nor by --option", async () => {
    write("tiny.yaml", TINY);
    const before = own();
    for (const option of ["__proto__={polluted: 1}", "__proto__.polluted=1", "constructor=1"]) {
      const argv = ["export", "tiny.yaml", "--to", "avi", "-o", "a.avi", "--option", option];
      const { code, err } = await minisim(argv);
      expect(code).toBe(2);
      expect(err).toMatch(/there is no setting "(__proto__|constructor)/);
    }
    expect(own()).toEqual(before);
  });

  test("a --set that fills a page is cut", async () => {
    write("tiny.yaml", TINY);
    for (const set of [
      `${"k".repeat(10_000)}=1`,
      "k".repeat(10_000),
      `seed=${"v".repeat(10_000)}`,
    ]) {
      const { out, err } = await minisim(["validate", "tiny.yaml", "--set", set]);
      expect(`${out}${err}`.length).toBeLessThan(500);
    }
  });
});
