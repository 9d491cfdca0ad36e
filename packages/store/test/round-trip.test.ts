import { type GroundTruth, nd, Recording } from "@minisim/recording";
import { createMemoryStorage, openRecording } from "@minisim/store";
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import { bare, counts, makeRecording, makeSpec, makeTruth, numbers, stored } from "./make.ts";

const open = async (recording: Recording) =>
  openRecording(createMemoryStorage(await stored(recording)));
const reload = async (recording: Recording) => (await open(recording)).load();

/** Everything a ground truth holds, arrays as shape and plain values, so that NaN and -0 compare. The order of fields means nothing. */
function contents(truth: GroundTruth) {
  const { planted, fov_offset, fov_shape, focal_depth_um, spike_times_s } = truth;
  const { canvas, offsets, shapes, data } = planted;
  return {
    fields: [...truth.fields.keys()].sort().map((name) => {
      const { array, dims, unit, description } = truth.field(name);
      return [{ name, dims, unit, description }, array.shape, array.data];
    }),
    planted: { canvas, offsets, shapes, data },
    rest: { fov_offset, fov_shape, focal_depth_um, spike_times_s },
  };
}

describe("a loaded recording is the one that was saved", () => {
  test("with every field, snapshots and warnings", async () => {
    const recording = makeRecording();
    const loaded = await reload(recording);
    expect(loaded.spec).toEqual(recording.spec);
    expect(loaded.observed).toEqual(recording.observed);
    expect(loaded.warnings).toEqual(recording.warnings);
    expect(Object.keys(loaded.snapshots)).toEqual(["neuropil", "leakage"]);
    expect(loaded.snapshots).toEqual(recording.snapshots);
    expect(contents(loaded.ground_truth)).toEqual(contents(recording.ground_truth));
  });

  test.each([
    ["fields that no step left", makeTruth({}, bare)],
    ["no units", makeTruth({ units: 0 })],
    ["one unit without spikes", makeTruth({ units: 1 })],
    ["a step's field without dimensions", makeTruth({}, scalarExtra())],
    ["an infinite signal-to-noise ratio", makeTruth({}, { detection_snr: infinite() })],
  ])("with %s", async (_, ground_truth) => {
    const observed = nd(counts(6 * 5 * 4), [6, 5, 4]);
    const loaded = await reload(new Recording({ spec: makeSpec(), observed, ground_truth }));
    expect(contents(loaded.ground_truth)).toEqual(contents(ground_truth));
    expect(loaded.observed).toEqual(observed);
  });

  test("without frames, while the truth has all of them", async () => {
    const observed = nd(new Float32Array(), [0, 5, 4]);
    const ground_truth = makeTruth();
    const loaded = await reload(new Recording({ spec: makeSpec(), observed, ground_truth }));
    expect(loaded.observed.shape).toEqual([0, 5, 4]);
    expect(loaded.ground_truth.C.shape).toEqual([3, 6]);
  });

  test("when the truth has no frames either", async () => {
    const observed = nd(new Float32Array(), [0, 5, 4]);
    const ground_truth = makeTruth({ frames: 0 });
    const loaded = await reload(new Recording({ spec: makeSpec(), observed, ground_truth }));
    expect(contents(loaded.ground_truth)).toEqual(contents(ground_truth));
  });

  test("from views that are not row-major", async () => {
    const frames = counts(6 * 5 * 4);
    const view = ndarray(frames, [6, 5, 4], [1, 24, 6]);
    const C = ndarray(numbers(40), [3, 6], [2, 6], 1);
    const truth = makeTruth({}, { C });
    const loaded = await reload(
      new Recording({ spec: makeSpec(), observed: view, ground_truth: truth }),
    );
    for (const [t, y, x] of [
      [0, 0, 0],
      [5, 4, 3],
      [2, 3, 1],
    ] as const) {
      expect(loaded.observed.get(t, y, x)).toBe(frames[t + 24 * y + 6 * x]);
    }
    for (const [unit, frame] of [
      [0, 0],
      [2, 5],
      [1, 3],
    ] as const) {
      expect(loaded.ground_truth.C.get(unit, frame)).toBe(numbers(40)[1 + 2 * unit + 6 * frame]);
    }
  });
});

describe("the container of the observed movie", () => {
  const save = (pixels: Float32Array | Float64Array, spec = makeSpec()) =>
    open(
      new Recording({
        spec,
        observed: pixels instanceof Float32Array ? nd(pixels, [6, 5, 4]) : nd(pixels, [6, 5, 4]),
        ground_truth: makeTruth(),
      }),
    );

  test.each([
    [8, 3, "uint8"],
    [8, 255, "uint8"],
    [12, 200, "uint16"],
    [16, 65535, "uint16"],
    [8, 4095, "float32"],
  ])("bit depth %i and counts up to %i make it %s", async (bit_depth, most, container) => {
    const pixels = counts(120, most);
    pixels[0] = most;
    const recording = await save(pixels, makeSpec({ bit_depth }));
    expect(recording.layout().dtype).toBe(container);
    expect((await recording.load()).observed.data).toEqual(pixels);
  });

  test("light without a sensor stays as it is, NaN too", async () => {
    const pixels = Float32Array.from(numbers(120));
    pixels[5] = Number.NaN;
    const recording = await save(pixels);
    expect(recording.layout().dtype).toBe("float32");
    expect((await recording.load()).observed.data).toEqual(pixels);
  });

  test("store_dtype float64 comes back as Float64Array", async () => {
    const pixels = Float64Array.from(counts(120));
    const recording = await save(pixels, makeSpec({ store_dtype: "float64" }));
    expect(recording.layout().dtype).toBe("uint8");
    expect((await recording.load()).observed.data).toEqual(pixels);
  });

  test("what no container holds is refused with its value", async () => {
    const pixels = new Float64Array(120).fill(0.1);
    await expect(save(pixels)).rejects.toMatchObject({
      code: "invalid",
      message: "A float32 movie cannot hold the value 0.1.",
    });
  });
});

test("a cache key that the spec no longer has is a warning", async () => {
  const storage = createMemoryStorage(await stored(makeRecording()));
  const same = await openRecording(storage, { cacheKey: () => "0123456789abcdef" });
  expect(same.warnings.map(({ code }) => code)).toEqual(["shortfall"]);
  const other = await openRecording(storage, { cacheKey: (spec) => `seed${spec.seed}` });
  expect(other.warnings.map(({ code }) => code)).toEqual(["shortfall", "cache_key_mismatch"]);
  expect(other.warnings[1]!.message).toContain("0123456789abcdef");
  expect(other.warnings[1]!.message).toContain("seed7");
  expect((await other.load()).warnings).toHaveLength(2);
});

function scalarExtra() {
  const value = nd(Float64Array.of(4.5), []);
  return { step_fields: [{ name: "tilt", dims: [], unit: "deg", description: "Tilt.", value }] };
}

function infinite() {
  return nd(Float64Array.of(Number.POSITIVE_INFINITY, -0, Number.NaN), [3]);
}
