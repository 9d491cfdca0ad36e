// measure: the statistics of stores, specs and presets.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { measure, measureTruth } from "@minisim/measures";
import { scaleOf } from "@minisim/recording";
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
  const recording = await openRecording(at("a.zarr"));
  const measures = await measure(recording, { cellRadiusUm: 16 });
  const truth = measureTruth(await recording.truth(), scaleOf(recording));
  const { truth: found, ...others } = JSON.parse(stored.out);
  expect(others).toEqual(JSON.parse(JSON.stringify(measures)));
  expect(found).toEqual({ ...JSON.parse(JSON.stringify(truth)), light: expect.anything() });
  const { cells, background, noise } = found.light.variance_shares;
  expect(cells + background + noise).toBeCloseTo(1, 12);
  // Nothing but cells shines in it.
  expect(background).toBe(0);
  expect(cells).toBeGreaterThan(0.1);
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

test("a movie of another program measures as the recording that it came from", async () => {
  await minisim(["simulate", "tiny.yaml", "-o", "a.zarr", "--quiet"]);
  const stored = JSON.parse((await minisim(["measure", "a.zarr", ...RADIUS, "--json"])).out);
  const { pixel_size_um, fps } = stored;
  const scale = ["--fps", `${fps}`, "--pixel-size", `${pixel_size_um}`];
  for (const [name, flags] of [
    ["movie.tif", []],
    ["movie.npy", scale],
  ] as const) {
    await minisim(["export", "a.zarr", "-o", name, "--quiet"]);
    const { code, out } = await minisim(["measure", name, ...flags, ...RADIUS, "--json"]);
    expect(code).toBe(0);
    const { levels, ...measures } = JSON.parse(out);
    const { levels: expected, truth: _, ...rest } = stored;
    // Frame interval and rate are each other's inverse, to the last digit of a float.
    expect(measures.fps).toBeCloseTo(fps, 9);
    expect({ ...measures, fps, mean_frame: 0 }).toEqual({ ...rest, mean_frame: 0 });
    // A file does not tell how many bits the sensor has.
    expect(levels.counts).toEqual(expected.counts);
  }
});

test("a Zarr array of another program is no recording, a damaged recording is no movie", async () => {
  await minisim(["simulate", "tiny.yaml", "-o", "a.zarr", "--quiet"]);
  const scale = ["--fps", "20", "--cell-radius-px", "3", "--json"];
  const foreign = await minisim(["measure", "a.zarr/observed", ...scale]);
  expect(JSON.parse(foreign.out)).toMatchObject({ shape: [20, 24, 20], fps: 20 });
  writeFileSync(at("a.zarr", "zarr.json"), "{");
  const damaged = await minisim(["measure", "a.zarr"]);
  expect(damaged.code).toBe(1);
  expect(damaged.err).toContain("zarr.json");
});

test("what a movie does not tell has to be said, all at once", async () => {
  await minisim(["export", "tiny.yaml", "-o", "movie.npy", "--quiet"]);
  const bare = await minisim(["measure", "movie.npy"]);
  expect(bare.code).toBe(2);
  expect(bare.err).toContain("movie.npy does not tell its frame rate: give --fps.");
  expect(bare.err).toContain("give --pixel-size or --cell-radius-px.");
  const words = ["measure", "movie.npy", "--fps", "10", "--cell-radius-px", "3", "--json"];
  expect(JSON.parse((await minisim(words)).out)).toMatchObject({
    fps: 10,
    pixel_size_um: null,
    cell_radius_px: 3,
    shape: [20, 24, 20],
  });
  const turned = JSON.parse((await minisim([...words, "--axes", "TXY"])).out);
  expect(turned.shape).toEqual([20, 20, 24]);
});

test.each([
  [["absent.tif"], 1, "There is nothing at absent.tif."],
  [["broken.tif"], 1, "broken.tif is no TIFF file."],
  [["unknown.bin"], 1, "unknown.bin is no movie that is read: movies are "],
  [["folder"], 1, "folder is no movie that is read: movies are "],
  [["movie.npy", "--axes", "TT"], 2, 'The axes "TT" do not fit movie.npy'],
  [["movie.npy", "--fps", "fast"], 2, "--fps is NaN; it must be a number above 0"],
  [["movie.npy", "--seed", "1"], 2, "this is a movie"],
  [["tiny.yaml", "--fps", "20", "--axes", "TYX"], 2, "--fps, --axes: only for movies"],
])("%j is refused in a sentence", async (words, exit, sentence) => {
  await minisim(["export", "tiny.yaml", "-o", "movie.npy", "--quiet"]);
  writeFileSync(at("broken.tif"), "II*\0");
  writeFileSync(at("unknown.bin"), "\0\x01\x02");
  mkdirSync(at("folder"));
  const { code, out, err } = await minisim(["measure", ...words]);
  expect(out).toBe("");
  expect(err).toContain(sentence);
  expect(code).toBe(exit);
});

test("a stage: of a spec, and of a store that keeps it", async () => {
  await minisim(["simulate", "tiny.yaml", "-o", "bare.zarr", "--quiet"]);
  const keep = ["--set", "output.save_intermediates=true"];
  await minisim(["simulate", "tiny.yaml", "-o", "a.zarr", "--quiet", ...keep]);
  const words = (source: string, stage: string) =>
    minisim(["measure", source, "--stage", stage, ...RADIUS, "--json"]);
  const live = await words("tiny.yaml", "brain_motion");
  expect(live.code).toBe(0);
  const measures = JSON.parse(live.out);
  // Light has no counts, and no noise.
  expect(measures.levels.saturated_share).toBeNull();
  expect(measures.truth.light.variance_shares).toMatchObject({ noise: expect.closeTo(0, 12) });
  expect((await words("a.zarr", "brain_motion")).out).toBe(live.out);
  const observed = await minisim(["measure", "tiny.yaml", ...RADIUS, "--json"]);
  expect((await words("tiny.yaml", "sensor")).out).toBe(observed.out);
  for (const [source, stage, sentence] of [
    ["tiny.yaml", "brain_motoin", 'no such stage with a movie. Did you mean "brain_motion"?'],
    ["tiny.yaml", "place_neurons", "no such stage with a movie."],
    ["a.zarr", "vignette", "keeps no such stage."],
    ["bare.zarr", "sensor", "It keeps none (set output.save_intermediates)."],
  ] as const) {
    const { code, out, err } = await words(source, stage);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(sentence);
  }
});

test("a store that today's steps would not make again has no movies without noise", async () => {
  await minisim(["simulate", "tiny.yaml", "-o", "a.zarr", "--until", "composite", "--quiet"]);
  const { truth } = JSON.parse((await minisim(["measure", "a.zarr", ...RADIUS, "--json"])).out);
  expect(truth.light).toBeNull();
  expect(truth.activity.rate_hz.n).toBe(truth.n_cells);
});

test("one page, which replaces nothing that is not its own", async () => {
  const words = ["measure", "tiny.yaml", ...RADIUS, "-o", "page.html"];
  const { code, out } = await minisim(words);
  expect([code, out]).toEqual([0, "page.html\n"]);
  const page = readFileSync(at("page.html"), "utf8");
  for (const title of ["Photon transfer", "Spectrum of the mean frame", "Local correlation"]) {
    expect(page).toContain(title);
  }
  // Self-contained: it names no other file and runs nothing.
  expect(page).not.toMatch(/<script|<link|(src|href)="(?!data:)/);
  expect(page.match(/<td class="bar">/g)!.length).toBeGreaterThan(30);
  const again = await minisim(words);
  expect(again.code).toBe(1);
  expect(again.err).toContain("exists already");
  expect((await minisim([...words, "--force"])).code).toBe(0);
  writeFileSync(at("page.html"), "mine");
  const foreign = await minisim([...words, "--force"]);
  expect(foreign.code).toBe(1);
  expect(readFileSync(at("page.html"), "utf8")).toBe("mine");
  const other = await minisim(["measure", "tiny.yaml", "-o", "page.pdf"]);
  expect(other.code).toBe(2);
  expect(other.err).toContain("name a file that ends in .html");
});

test("a movie of another program has a page without a truth, and no stages", async () => {
  await minisim(["export", "tiny.yaml", "-o", "movie.npy", "--quiet"]);
  const words = ["measure", "movie.npy", "--fps", "10", "--cell-radius-px", "3"];
  expect((await minisim([...words, "-o", "page.html"])).code).toBe(0);
  expect(readFileSync(at("page.html"), "utf8")).not.toMatch(/truth\./);
  const stage = await minisim([...words, "--stage", "sensor"]);
  expect(stage.code).toBe(2);
  expect(stage.err).toContain("only recordings and specs have stages");
});
