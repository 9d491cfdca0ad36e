// measure: the statistics of stores, specs and presets.
import { writeFileSync } from "node:fs";
import { measure } from "@minisim/measures";
import { openRecording } from "minisim/node";
import { beforeEach, expect, test } from "vitest";
import { rangeBar } from "../src/range-bar.ts";
import { at, minisim, TINY, write } from "./harness.ts";

beforeEach(() => write("tiny.yaml", TINY));

const RADIUS = ["--cell-radius", "16"];

test("a store and its spec measure the same, as the library does", async () => {
  await minisim(["simulate", "tiny.yaml", "-o", "a.zarr", "--quiet"]);
  const stored = await minisim(["measure", "a.zarr", ...RADIUS, "--json"]);
  const live = await minisim(["measure", "tiny.yaml", ...RADIUS, "--json"]);
  expect(stored.code).toBe(0);
  expect(live.out).toBe(stored.out);
  const measures = await measure(await openRecording(at("a.zarr")), { cellRadiusUm: 16 });
  expect(JSON.parse(stored.out)).toEqual(JSON.parse(JSON.stringify(measures)));
});

test("for people: a line for each number", async () => {
  const { code, out } = await minisim(["measure", "tiny.yaml", ...RADIUS]);
  expect(code).toBe(0);
  expect(out).toMatch(/^ {2}shape +20 {2}24 {2}20$/m);
  expect(out).toMatch(/^ {2}variance_shares\.background +\S+$/m);
  expect(out).toMatch(/^ {2}pnr +1: \S+ {2}5: .* 99: \S+ {2}99\.9: \S+$/m);
});

test("beside the reference that minisim knows, and beside one's own", async () => {
  const known = await minisim(["measure", "tiny.yaml", ...RADIUS, "--against"]);
  expect(known.code).toBe(0);
  // Pixels of striatum are of 2 µm, at 10 Hz: too far away. Those of the other recording are not known.
  expect(known.out).toMatch(/variance_shares\.background .* 0\.71 +1 +\S+ +(below|inside|above)/);
  expect(known.out).toMatch(/corner_centre .* 0\.504 +1 +\S+ +(below|inside|above)/);
  expect(known.out).toContain("10 Hz (2 µm per pixel, 10 Hz)");
  const reference = [0, 1e6].map((value) => ({ measure: "pattern_noise.level", value }));
  writeFileSync(at("mine.json"), JSON.stringify(reference));
  const mine = await minisim([
    "measure",
    "tiny.yaml",
    ...RADIUS,
    "--against",
    "mine.json",
    "--json",
  ]);
  expect(JSON.parse(mine.out).comparison).toMatchObject([
    { measure: "pattern_noise.level", low: 0, high: 1e6, n: 2, verdict: "inside" },
  ]);
});

test("binned, and without stripes", async () => {
  const words = ["measure", "tiny.yaml", ...RADIUS, "--json"];
  const plain = JSON.parse((await minisim(words)).out);
  const bins = ["--bin", "1", "--bin-frames", "2", "--remove-stripes"];
  const changed = JSON.parse((await minisim([...words, ...bins])).out);
  const [frames, ...size] = plain.shape;
  expect(changed).toMatchObject({ shape: [frames / 2, ...size], fps: plain.fps / 2 });
  expect(changed.pixel_size_um).toBe(plain.pixel_size_um);
  expect(changed.pattern_noise.row_sd).toBeLessThan(plain.pattern_noise.row_sd);
});

test.each([
  [["--bin", "0"], "A bin of pixels is 0; it must be a whole number"],
  [["--bin", "2.5"], "It must be a whole number"],
  [["--against", "absent.json"], "absent.json: this reference cannot be read"],
  [["--against", "tiny.yaml"], "tiny.yaml: "],
  [["--cell-radius", "500"], "a quarter of the field"],
  [["--cell-radius", "wide"], "it must be a number above 0"],
])("%j is refused in a sentence", async (words, sentence) => {
  const { code, out, err } = await minisim(["measure", "tiny.yaml", ...words]);
  expect(code).not.toBe(0);
  expect(out).toBe("");
  expect(err).toContain(sentence);
});

test("--set has no place on a recording", async () => {
  await minisim(["simulate", "tiny.yaml", "-o", "a.zarr", "--quiet"]);
  const { code, err } = await minisim(["measure", "a.zarr", "--set", "acquisition.fps=10"]);
  expect(code).toBe(2);
  expect(err).toContain("this is a recording already");
});

test("bars of ranges", () => {
  expect(rangeBar(1, 1, 1)).toBe(`${"·".repeat(13)}●${"·".repeat(13)}`);
  expect(rangeBar(null, 1, 1)).toBe(`${"·".repeat(13)}│${"·".repeat(13)}`);
  // An axis of 27 places over two decades: a factor of √10 is 6.5 of them.
  expect(rangeBar(10, 0.1 ** 0.5, 10 ** 0.5)).toBe(
    `${"·".repeat(7)}├${"─".repeat(12)}┤${"·".repeat(5)}●`,
  );
  expect(rangeBar(1000, 1, 1).at(-1)).toBe("▸");
  expect(rangeBar(0, 1, 1).at(0)).toBe("◂");
  expect(rangeBar(1, 0, 1)).toBe("");
});
