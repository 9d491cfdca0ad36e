// minisim compare: two recordings, two specs, one of each.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { at, minisim, TINY, write } from "./harness.ts";

async function simulate(name: string, ...words: string[]) {
  write("tiny.yaml", TINY);
  expect((await minisim(["simulate", "tiny.yaml", "-o", name, "-q", ...words])).code).toBe(0);
}

test("a recording and the spec that makes it are the same, and --exit-code says so", async () => {
  await simulate("a.zarr");
  const { code, out } = await minisim(["compare", "a.zarr", "tiny.yaml", "--exit-code"]);
  expect(code).toBe(0);
  expect(out).toContain("The same: the spec, every value of all frames, every value of the truth.");
  const some = await minisim(["compare", "a.zarr", "tiny.yaml", "--frames", "3"]);
  expect(some.out).toContain("every value of the first 3 frames");
});

test("what differs: paths of the spec, the movie, the truth", async () => {
  await simulate("a.zarr");
  await simulate(
    "b.zarr",
    "--set",
    "steps.sensor.photons_per_um2_s=900",
    "--set",
    "steps.bleaching={}",
  );
  const { code, out } = await minisim(["compare", "a.zarr", "b.zarr"]);
  expect(code).toBe(0);
  const text = out.replaceAll(/\s+/g, " ");
  expect(text).toContain("steps.bleaching: only of the second");
  expect(text).toMatch(/steps\.sensor\.photons_per_um2_s: \d+ → 900/);
  expect(text).toMatch(/% of the values of 20 frames differ, from frame 0 on: second − first is/);
  expect(text).toContain("the same: C, S, ");
  expect(text).toContain("only of the second: bleaching");
  const { code: told, out: nothing } = await minisim([
    "compare",
    "a.zarr",
    "b.zarr",
    "--quiet",
    "--exit-code",
  ]);
  expect({ told, nothing }).toEqual({ told: 1, nothing: "" });
  const json = JSON.parse((await minisim(["compare", "a.zarr", "b.zarr", "--json"])).out);
  expect(json.same).toBe(false);
  expect(json.recordings.n_units[0]).toBe(json.recordings.n_units[1]);

  const drawn = await minisim(["compare", "a.zarr", "b.zarr", "-o", "page.html"]);
  expect(drawn.code).toBe(0);
  const page = readFileSync(at("page.html"), "utf8");
  expect(page.match(/<svg/g)).toHaveLength(6);
  expect((await minisim(["compare", "a.zarr", "b.zarr", "-o", "page.html"])).err).toContain(
    "--force",
  );
});

test("specs alone; frames of other sizes", async () => {
  const specs = await minisim(["compare", "miniscope_v4/ca1", "miniscope_v3/ca1", "--spec-only"]);
  expect(specs.out).toContain("acquisition.image_sensor.n_px_height: 608 → 480");
  write("tiny.yaml", TINY);
  write("wide.yaml", TINY.replace(/n_px_width: \d+/, "n_px_width: 31"));
  const { out } = await minisim(["compare", "tiny.yaml", "wide.yaml"]);
  expect(out.replaceAll(/\s+/g, " ")).toContain(
    "movie frames of different sizes, which were not compared",
  );
});

test.each([
  [["compare", "-", "-"], "Only one of the two can be standard input."],
  [["compare", "a.yaml", "b.yaml", "-o", "page.png"], "name a file that ends in .html"],
  [
    ["compare", "a.yaml", "b.yaml", "-o", "page.html", "--spec-only"],
    "which --spec-only leaves out",
  ],
  [["compare", "a.yaml", "b.yaml"], "a.yaml"],
])("%j is one sentence", async (argv, sentence) => {
  const { code, err } = await minisim(argv);
  expect(code).not.toBe(0);
  expect(err).toContain(sentence);
});
