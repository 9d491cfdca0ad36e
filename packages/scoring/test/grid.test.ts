// Estimates of a recording that was cropped, padded, averaged, turned or thinned before the pipeline saw it.
import type { GroundTruth } from "@minisim/recording";
import { type EstimateInput, footprintsOnField, type Report, score } from "@minisim/scoring";
import { simulate } from "minisim";
import { beforeAll, describe, expect, test } from "vitest";
import { RECORDINGS_GRID } from "../src/grid/grid.ts";
import { uprightShifts } from "../src/grid/orientation.ts";
import { binnedImage, truthOnGrid } from "../src/grid/truth-on-grid.ts";

const [HEIGHT, WIDTH] = [96, 120];
let truth: GroundTruth;
let images: Float32Array[];
beforeAll(async () => {
  const recording = await simulate({
    acquisition: {
      duration_s: 6,
      optics: { magnification: 3 },
      image_sensor: { n_px_height: HEIGHT, n_px_width: WIDTH, pixel_pitch_um: 6 },
    },
    seed: 4,
    steps: [
      { kind: "place_neurons", density_per_mm3: 18000, depth_range_um: [20, 60] },
      { kind: "cell_activity", rate_hz: 6, burst_mean: 4, brightness_cv: 0, response_cv: 0 },
      { kind: "optics" },
      { kind: "composite" },
      { kind: "neuropil", level: 0.02 },
      { kind: "vignette" },
      { kind: "brain_motion", motion_amplitude_um: 3, max_shift_um: 5, nonrigid_um: 2 },
      { kind: "sensor", photons_per_um2_s: 1500 },
    ],
  });
  truth = recording.ground_truth;
  const size = HEIGHT * WIDTH;
  const dense = truth.A_observed.data;
  images = Array.from({ length: truth.n_units }, (_, i) => dense.slice(i * size, (i + 1) * size));
  expect(truth.n_detectable).toBeGreaterThan(10);
});

/** The truth as an estimate whose images and traces went through something; every unit has its own. */
function thrown(
  [height, width]: readonly [number, number],
  pixel: (image: Float32Array, y: number, x: number) => number,
  trace: (values: Float64Array) => number[] = (values) => [...values],
  spikes: (values: Float64Array) => number[] = trace,
): EstimateInput {
  const data = images.flatMap((image) =>
    Array.from({ length: height * width }, (_, k) =>
      pixel(image, Math.floor(k / width), k % width),
    ),
  );
  const rows = (name: "C" | "S", change: (values: Float64Array) => number[]) => {
    const field = truth.field(name);
    const all = images.map((_, i) => change(field.rows(i, i + 1) as Float64Array));
    return { shape: [all.length, all[0]!.length], data: Float64Array.from(all.flat()) };
  };
  return {
    footprints: { shape: [images.length, height, width], data: Float32Array.from(data) },
    C: rows("C", trace),
    S: rows("S", spikes),
  };
}
const at = (image: Float32Array, y: number, x: number) =>
  y < 0 || x < 0 || y >= HEIGHT || x >= WIDTH ? 0 : image[y * WIDTH + x]!;
const whole = () => thrown([HEIGHT, WIDTH], at);
const averaged =
  (n: number, [top, left]: readonly [number, number] = [0, 0]) =>
  (image: Float32Array, y: number, x: number) => {
    let sum = 0;
    for (let k = 0; k < n * n; k++) {
      sum += at(image, top + n * y + Math.floor(k / n), left + n * x + (k % n)) / (n * n);
    }
    return sum;
  };

/** Every counted cell that has light is found exactly, with its own traces. */
function expectPerfect(report: Report): void {
  expect(report.n_true).toBeGreaterThan(5);
  expect(report).toMatchObject({ recall: 1, footprint_shift: [0, 0] });
  // Averages of float32 weights, in another order.
  expect(report.mean_overlap).toBeCloseTo(1, 5);
  expect(report.median_trace_corr).toBeCloseTo(1, 12);
  expect(report.median_activity_corr).toBeCloseTo(1, 12);
}

describe("pixels", () => {
  test.each([2, 4])("means of blocks of %i pixels a side are told by the size", (n) => {
    const estimate = thrown([HEIGHT / n, WIDTH / n], averaged(n));
    const report = score(estimate, truth);
    expectPerfect(report);
    expect(report.grid).toMatchObject({ spatial_binning: n, height: HEIGHT / n, width: WIDTH / n });
    expect(report.notes).toEqual([
      `The images are ${HEIGHT / n} × ${WIDTH / n} px, the field of view ${HEIGHT} × ${WIDTH}. They were taken for means of ${n} × ${n} pixels (spatial_binning ${n}); the truth was brought to their pixels.`,
    ]);
    const { notes, ...told } = score(estimate, truth, { spatial_binning: n });
    expect(notes).toEqual([]);
    const { notes: _, ...found } = report;
    expect(told).toEqual(found);
  });

  test("sides that are no multiples: the rest is left out, or makes a thinner pixel", () => {
    // 96 = 13 · 7 + 5, 120 = 17 · 7 + 1.
    for (const size of [
      [13, 17],
      [14, 18],
    ] as const) {
      const report = score(thrown(size, averaged(7)), truth);
      expect(report.grid).toMatchObject({ spatial_binning: 7, height: size[0], width: size[1] });
      expect(report.mean_overlap).toBeCloseTo(1, 5);
    }
  });

  test("a border that is missing is found by the cells, and what lies in it is not asked for", () => {
    const [top, left, bottom, right] = [5, 3, 9, 6];
    const size = [HEIGHT - top - bottom, WIDTH - left - right] as const;
    const estimate = thrown(size, (image, y, x) => at(image, y + top, x + left));
    const report = score(estimate, truth);
    expectPerfect(report);
    expect(report.grid.crop).toEqual([top, left, bottom, right]);
    expect(report.notes[0]).toContain("a part of it (crop 5, 3, 9, 6 px at the top");
    expect(score(estimate, truth, { crop: [top, left, bottom, right] })).toMatchObject({
      n_true: report.n_true,
      notes: report.notes.slice(1),
    });
    // A cell counts where half of its light is in what is left.
    for (const cell of report.cells) {
      const light = images[cell.cell]!.reduce((sum, weight) => sum + weight, 0);
      let left_over = 0;
      for (let k = 0; k < size[0] * size[1]; k++) {
        left_over += at(images[cell.cell]!, top + Math.floor(k / size[1]), left + (k % size[1]));
      }
      const before = truth.visible_fraction!.data[cell.cell]!;
      expect(cell.visible_fraction).toBeCloseTo((before * left_over) / light, 5);
      if (cell.visible_fraction! < 0.5) expect(cell.counted).toBe(false);
    }
  });

  test("a border that was added, and one that is missing after averaging", () => {
    const padded = thrown([HEIGHT + 16, WIDTH + 10], (image, y, x) => at(image, y - 6, x - 4));
    const report = score(padded, truth);
    expectPerfect(report);
    expect(report.grid.crop).toEqual([-6, -4, -10, -6]);
    const [rows, columns] = [HEIGHT / 2 - 5, WIDTH / 2 - 3];
    const both = score(thrown([rows, columns], averaged(2, [6, 2])), truth);
    expectPerfect(both);
    expect(both.grid).toMatchObject({ spatial_binning: 2, crop: [6, 2, 4, 4] });
  });

  test("turned images: a size tells that rows and columns are exchanged, the option the rest", () => {
    const turned = thrown([WIDTH, HEIGHT], (image, y, x) => at(image, x, y));
    const report = score(turned, truth);
    expectPerfect(report);
    expect(report.grid.orientation).toBe("transposed");
    // As numpy.rot90 turns: the last column is the first row.
    const quarter = thrown([WIDTH, HEIGHT], (image, y, x) => at(image, x, WIDTH - 1 - y));
    expectPerfect(score(quarter, truth, { orientation: "rotated_90" }));
    const half = thrown([HEIGHT, WIDTH], (image, y, x) => at(image, HEIGHT - 1 - y, WIDTH - 1 - x));
    expectPerfect(score(half, truth, { orientation: "rotated_180" }));
    expect(score(half, truth).notes.at(-1)).toContain("(the option orientation: rotated_180)");
  });

  test("footprints on a grid are drawn where they lie on the field", () => {
    const size = [HEIGHT / 2 - 4, WIDTH / 2 - 2] as const;
    const { footprints } = thrown([size[1], size[0]], (image, y, x) =>
      averaged(2, [6, 2])(image, x, y),
    );
    const { grid } = score({ footprints }, truth, { crop: [6, 2, 2, 2], spatial_binning: 2 });
    const drawn = footprintsOnField({ footprints }, grid, { height: HEIGHT, width: WIDTH });
    const dense = drawn.toDense();
    expect(dense.length).toBe(images.length * HEIGHT * WIDTH);
    for (const [y, x] of [
      [6, 2],
      [40, 51],
      [93, 117],
    ] as const) {
      const [row, col] = [(y - 6) >> 1, (x - 2) >> 1];
      for (const [i, image] of images.entries()) {
        const seen = averaged(2, [6, 2])(image, row, col);
        expect(dense[(i * HEIGHT + y) * WIDTH + x]).toBe(Math.fround(seen));
      }
    }
    expect(drawn.at(0).row).toBeGreaterThanOrEqual(6);
  });

  test("a sparse matrix of averaged pixels is told by their number", () => {
    const { footprints } = thrown([HEIGHT / 2, WIDTH / 2], averaged(2));
    const data = (footprints as { readonly data: ArrayLike<number> }).data as Float32Array;
    const size = (HEIGHT * WIDTH) / 4;
    const lit = [...data.keys()].filter((k) => data[k]! > 0);
    const indptr = Array.from({ length: images.length + 1 }, (_, i) => {
      return lit.filter((k) => k < i * size).length;
    });
    const matrix = { shape: [images.length, size] as const, indptr };
    const csr = { ...matrix, indices: lit.map((k) => k % size), data: lit.map((k) => data[k]!) };
    const report = score({ footprints: { format: "csr", ...csr } }, truth);
    expect(report).toMatchObject({ recall: 1, grid: { spatial_binning: 2 } });
  });

  test("what lies nowhere is refused, with what would tell", () => {
    // The cells of another recording, as it were: in the order of their pixels from the end.
    const nowhere = thrown([90, 110], (image, y, x) =>
      at(image, (7 * y) % HEIGHT, (11 * x) % WIDTH),
    );
    expect(() => score(nowhere, truth)).toThrow(
      "footprints are 90 × 110 px, the field of view 96 × 120. Taken for a part of it, too few of them lie on cells. The options crop, spatial_binning and orientation tell",
    );
    const tiny = thrown([9, 9], () => 1);
    expect(() => score(tiny, truth)).toThrow("images on this field of view have [n, 96, 120]");
  });
});

describe("frames", () => {
  const every = (n: number) => (values: Float64Array) => [...values].filter((_, t) => t % n === 0);
  const blocks = (n: number, whole: boolean) => (values: Float64Array) =>
    Array.from({ length: Math.floor(values.length / n) }, (_, k) => {
      const sum = values.slice(k * n, (k + 1) * n).reduce((total, value) => total + value, 0);
      return whole ? sum : sum / n;
    });
  /** Spikes since the last frame that was kept. */
  const since = (kept: readonly number[]) => (values: Float64Array) =>
    kept.map((t, k) => {
      const from = k === 0 ? t : kept[k - 1]! + 1;
      return values.slice(from, t + 1).reduce((total, value) => total + value, 0);
    });

  test("one in three, and means of three, are told apart by the traces", () => {
    const kept = Array.from({ length: 40 }, (_, k) => 3 * k);
    const thinned = thrown([HEIGHT, WIDTH], at, every(3), since(kept));
    const strided = score(thinned, truth);
    expectPerfect(strided);
    expect(strided.grid).toMatchObject({ frame_stride: 3, frame_binning: 1, n_frames: 40 });
    expect(strided.notes).toEqual([
      "The traces have 40 of 120 frames. By how they run, they were taken for one frame in 3 (frame_stride 3); the truth was brought to them.",
    ]);
    const means = score(thrown([HEIGHT, WIDTH], at, blocks(3, false), blocks(3, true)), truth);
    expectPerfect(means);
    expect(means.grid).toMatchObject({ frame_stride: 1, frame_binning: 3, n_frames: 40 });
  });

  test("bins of time follow: at 20 Hz, one frame in four is 0.2 s", () => {
    const kept = Array.from({ length: 30 }, (_, k) => 4 * k);
    const thinned = thrown([HEIGHT, WIDTH], at, every(4), since(kept));
    const report = score(thinned, truth, { fps: 20, frame_stride: 4 });
    expect(report.notes).toEqual([]);
    expect(report.event_tolerance_frames).toBe(1);
    expect(report.median_count_corr_100ms).toBeNull();
    expect(report.median_count_corr_1s).toBeCloseTo(1, 12);
  });

  test("frames that were lost are told by their list", () => {
    const kept = Array.from({ length: 120 }, (_, t) => t).filter((t) => t % 17 !== 5);
    const trace = (values: Float64Array) => kept.map((t) => values[t]!);
    const estimate = thrown([HEIGHT, WIDTH], at, trace, since(kept));
    expectPerfect(score(estimate, truth, { frames: kept }));
    expect(() => score(estimate, truth)).toThrow(
      `The estimate has ${kept.length} frames of 120, which is neither every n-th of them nor means of n: the options frames, frame_stride and frame_binning tell which frames they are.`,
    );
    // And every second of these.
    const half = kept.filter((_, k) => k % 2 === 0);
    const thinner = thrown([HEIGHT, WIDTH], at, (v) => half.map((t) => v[t]!), since(half));
    const report = score(thinner, truth, { frames: kept });
    expectPerfect(report);
    expect(report.grid.frame_stride).toBe(2);
  });

  test("the first half of a recording is not taken for every second frame", () => {
    const first = thrown([HEIGHT, WIDTH], at, (values) => [...values.slice(0, 60)]);
    expect(() => score(first, truth)).toThrow(
      /The estimate has 60 frames of 120, and the traces do not tell whether these are every 2nd \(mean trace r .*, the first ones \(mean trace r 1\.00\), .*: the options frames/,
    );
    const frames = Array.from({ length: 60 }, (_, t) => t);
    expectPerfect(score(first, truth, { frames }));
  });
});

describe("the background and the mean image", () => {
  /** As it falls on the sensor: the vignette is over it. */
  const background = (image: (whole: Float64Array) => ArrayLike<number>, shape: number[]) => {
    const { neuropil_spatial, neuropil_temporal, vignette } = truth;
    const size = HEIGHT * WIDTH;
    const count = neuropil_spatial!.shape[0]!;
    const images = Array.from({ length: count }, (_, k) => {
      const light = neuropil_spatial!.data.subarray(k * size, (k + 1) * size);
      return Array.from(image(light.map((value, p) => 7 * value * vignette!.data[p]!)));
    });
    return {
      spatial: { shape: [count, ...shape], data: Float64Array.from(images.flat()) },
      temporal: neuropil_temporal as { shape: number[]; data: Float64Array },
    };
  };

  test("are scored as they lie", () => {
    const perfect = {
      background_space_corr: expect.closeTo(1, 6),
      background_time_corr: expect.closeTo(1, 6),
    };
    const upright = { ...whole(), background_light: background((image) => image, [HEIGHT, WIDTH]) };
    const report = score(upright, truth);
    expect(report).toMatchObject(perfect);
    // Images are rounded to float32.
    expect(report.background_error).toBeLessThan(1e-5);
    const flip = (image: Float64Array) =>
      image.map((_, p) => image[p - 2 * (p % WIDTH) + WIDTH - 1]!);
    const mirrored = {
      ...thrown([HEIGHT, WIDTH], (image, y, x) => at(image, y, WIDTH - 1 - x)),
      background_light: background(flip, [HEIGHT, WIDTH]),
    };
    expect(
      score(mirrored, truth, { orientation: "flipped_columns" }).background_error,
    ).toBeLessThan(1e-5);
    expect(
      score({ ...whole(), background_light: mirrored.background_light }, truth).background_error,
    ).toBeGreaterThan(1e-3);
    expect(score(whole(), truth)).toMatchObject({ background_error: null, crispness: null });
  });

  test("of averaged pixels are held against what the truth is on them", () => {
    const half = (image: Float64Array) =>
      binnedImage(
        image,
        { height: HEIGHT, width: WIDTH },
        { top: 0, left: 0, height: HEIGHT, width: WIDTH },
        2,
      );
    const binned = {
      ...thrown([HEIGHT / 2, WIDTH / 2], averaged(2)),
      background_light: background(half, [HEIGHT / 2, WIDTH / 2]),
      mean_image: {
        shape: [HEIGHT / 2, WIDTH / 2],
        data: Float64Array.from({ length: (HEIGHT * WIDTH) / 4 }, (_, p) => p % (WIDTH / 2)),
      },
    };
    const report = score(binned, truth);
    // The vignette is averaged by itself here, and with the light there: it changes by some percent over the field, so by 1e-4 of that over a pixel.
    expect(report.background_error).toBeLessThan(1e-3);
    // A ramp of 1 a column.
    expect(report.crispness).toBeCloseTo(Math.sqrt((HEIGHT * WIDTH) / 4), 9);
  });

  test("that do not fit are refused", () => {
    const wrong = {
      ...whole(),
      background_light: {
        spatial: { shape: [1, 2, 2], data: new Float64Array(4) },
        temporal: { shape: [2, 120], data: new Float64Array(240) },
      },
      mean_image: { shape: [3], data: new Float64Array(3) },
    };
    expect(() => score(wrong, truth)).toThrow(
      /background_light\.spatial must have the shape \[1, 96, 120\][\s\S]*background_light\.temporal must have the shape \[1, 120\][\s\S]*mean_image must have the shape \[96, 120\]/,
    );
  });
});

describe("motion on the grid", () => {
  const shifts = () => ({ shape: truth.shifts!.shape, data: truth.shifts!.data as Float64Array });

  test("shifts are in the grid's pixels, of its frames, and turned with its images", () => {
    const { data, shape } = shifts();
    const halved = { shape, data: data.map((px) => px / 2) };
    const binned = thrown([HEIGHT / 2, WIDTH / 2], averaged(2));
    expect(score({ ...binned, shifts: halved }, truth).shift_rmse_raw).toBeCloseTo(0, 12);
    const thinned = thrown([HEIGHT, WIDTH], at, (v) => [...v].filter((_, t) => t % 2 === 0));
    // Of all frames: they are brought to those that were kept.
    expect(score({ ...thinned, shifts: shifts() }, truth, { frame_stride: 2 }).shift_rmse_raw).toBe(
      0,
    );
    const mirrored = thrown([HEIGHT, WIDTH], (image, y, x) => at(image, y, WIDTH - 1 - x));
    const seen = uprightShifts(shifts(), "flipped_columns");
    expect(seen.data[1]).toBe(-data[1]! + 0);
    const orientation = "flipped_columns" as const;
    expect(score({ ...mirrored, shifts: seen }, truth, { orientation }).shift_rmse_raw).toBe(0);
    const turned = thrown([WIDTH, HEIGHT], (image, y, x) => at(image, x, y));
    const exchanged = { shape, data: data.map((_, k) => data[k ^ 1]!) };
    expect(score({ ...turned, shifts: exchanged }, truth).shift_rmse_raw).toBe(0);
  });

  test("fields are averaged as images are, and displacements halved", () => {
    const grid = { ...RECORDINGS_GRID, spatial_binning: 2, crop: [2, 0, 0, 0] as const };
    const there = truthOnGrid(truth, grid);
    const field = there.get("displacement_basis")!;
    expect(field.shape.slice(2)).toEqual([(HEIGHT - 2) / 2, WIDTH / 2]);
    const first = truth.get("displacement_basis")!.data.subarray(0, HEIGHT * WIDTH);
    const fov = { height: HEIGHT, width: WIDTH };
    const window = { top: 2, left: 0, height: HEIGHT - 2, width: WIDTH };
    expect(field.data[0]).toBeCloseTo(binnedImage(first, fov, window, 2)[0]! / 2, 12);
    expect(there.shifts!.data[7]).toBe(truth.shifts!.data[7]! / 2);
    expect(score({ ...whole(), shifts: shifts() }, truth).grid).toEqual({
      orientation: "upright",
      crop: [0, 0, 0, 0],
      spatial_binning: 1,
      frame_stride: 1,
      frame_binning: 1,
      n_frames: 120,
      height: HEIGHT,
      width: WIDTH,
    });
  });
});
