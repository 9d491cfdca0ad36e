// What a score says of estimates whose faults are known.
import { FootprintStack } from "@minisim/footprint";
import { GroundTruth, nd } from "@minisim/recording";
import { type EstimateInput, Report, score } from "@minisim/scoring";
import { makeRecording } from "@minisim/testing";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { uprightFootprints } from "../src/grid/orientation.ts";
import { bright, picked, truthAsEstimate } from "./support.ts";

type Recorded = Awaited<ReturnType<typeof makeRecording>>["ground_truth"];
let truth: Recorded;
let perfect: ReturnType<typeof truthAsEstimate>;
beforeAll(async () => {
  truth = (await bright()).ground_truth;
  perfect = truthAsEstimate(truth);
  expect([...truth.detectable.data]).toEqual(new Array(12).fill(1));
});

describe("footprints", () => {
  test("the truth itself scores 1 throughout", () => {
    const report = score(perfect, truth);
    expect(report).toMatchObject({
      n_requested: 12,
      n_detectable: 12,
      n_true: 12,
      n_est: 12,
      n_matched: 12,
      n_excused: 0,
      recall: 1,
      precision: 1,
      f1: 1,
      mean_overlap: 1,
      median_trace_corr: 1,
      median_activity_corr: 1,
      median_activity_variance_explained: 1,
      shift_rmse: null,
      footprint_shift: [0, 0],
    });
    // A quotient of two equal sums of products.
    expect(report.median_activity_scale).toBeCloseTo(1, 12);
    expect(report.curve.map(({ recall }) => recall)).toEqual(new Array(9).fill(1));
  });

  test("in any order: every cell is found where it went", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...Array(12).keys()], { minLength: 12 }), (order) => {
        const { cells, ...report } = score(picked(perfect, order), truth);
        expect(report).toMatchObject({ n_matched: 12, median_trace_corr: 1 });
        expect(cells.map(({ estimate }) => estimate)).toEqual(
          cells.map(({ cell }) => order.indexOf(cell)),
        );
      }),
      { numRuns: 10 },
    );
  });

  test("dropped cells lower recall alone", () => {
    fc.assert(
      fc.property(fc.subarray([...Array(12).keys()]), (kept) => {
        const report = score(picked(perfect, kept), truth);
        expect(report.recall).toBe(kept.length / 12);
        expect(report.precision).toBe(kept.length === 0 ? null : 1);
        const found = report.cells.flatMap(({ matched, cell }) => (matched ? [cell] : []));
        expect(found).toEqual(kept);
      }),
      { numRuns: 20 },
    );
  });

  test("duplicates and noise lower precision alone", () => {
    const report = score(picked(perfect, [...Array(12).keys(), 3, 3, 7]), truth);
    expect(report).toMatchObject({ n_est: 15, n_matched: 12, recall: 1, precision: 12 / 15 });
    const wrong = report.estimates.filter(({ status }) => status === "false_positive");
    expect(wrong.length).toBe(3);
  });

  test("two cells merged into one are one cell found at most, and count as such", () => {
    const [height, width] = truth.fov_shape;
    const size = height * width;
    const dense = perfect.footprints.toDense();
    // Cells 0 and 1 become one footprint.
    const merged = dense.slice(size);
    for (let pixel = 0; pixel < size; pixel++) merged[pixel]! += dense[pixel]!;
    const estimate = { footprints: { shape: [11, height, width], data: merged } };
    const report = score(estimate, truth);
    expect(report.n_est).toBe(11);
    expect(report.cells.slice(2).every(({ matched }) => matched)).toBe(true);
    expect(report.cells.slice(0, 2).filter(({ matched }) => matched).length).toBe(0);
    const shapes = score(estimate, truth, { match_metric: "iou" });
    expect(shapes.cells.slice(0, 2).filter(({ estimate }) => estimate === 0).length).toBe(1);
    // Two equal cells: the union's mask is about twice either's, the intersection over union about a half.
    expect(shapes.estimates[0]!.similarity).toBeLessThan(0.6);
  });

  test("a shifted estimate is moved back, or is off by as much as it is", () => {
    const [top, left] = truth.fov_offset;
    const [height, width] = truth.fov_shape;
    const window = { top: top - 4, left: left + 6, height, width };
    const moved = { footprints: truth.observed_footprints.crop(window) };
    expect(score(moved, truth)).toMatchObject({ footprint_shift: [-4, 6], n_matched: 12 });
    expect(score(moved, truth, { footprint_shift: [-4, 6] }).mean_overlap).toBe(1);
    const still = score(moved, truth, { footprint_shift: null });
    expect(still.footprint_shift).toEqual([0, 0]);
    expect(still.n_matched).toBeLessThan(12);
  });

  test("nothing found: zeros and nulls, never NaN", () => {
    const [height, width] = truth.fov_shape;
    const nothing = { footprints: { shape: [0, height, width], data: [] } };
    const report = score(nothing, truth);
    expect(report).toMatchObject({
      n_est: 0,
      recall: 0,
      precision: null,
      f1: 0,
      mean_overlap: null,
    });
    expect(report.curve[0]).toMatchObject({ recall: 0, precision: null, f1: 0 });
    expect(report.summary()).toBe(
      "recall 0.00 (0 of 12 detectable cells; 12 planted), precision – (0 of 0 found), F1 0.00",
    );
  });

  test("nothing to find and nothing found: shares of nothing are null", () => {
    const [height, width] = truth.fov_shape;
    const empty = truth.subset([]);
    const nothing = { footprints: { shape: [0, height, width], data: [] } };
    const report = score(nothing, empty);
    expect(report).toMatchObject({ n_true: 0, recall: null, precision: null, f1: null });
    expect(report.summary()).toBe(
      "recall – (0 of 0 detectable cells; 0 planted), precision – (0 of 0 found), F1 –",
    );
    const wrong = score(picked(perfect, [0]), empty);
    expect(wrong).toMatchObject({ recall: null, precision: 0, f1: 0 });
  });

  test("only cells that do not count: precision is a share of nothing", () => {
    const report = score(picked(perfect, [3]), truth.subset([3]));
    expect(report.precision).toBe(1);
    const unseen = new GroundTruth({
      ...truth.subset([3]).input(),
      detectable: nd(Uint8Array.of(0), [1]),
    });
    expect(score(picked(perfect, [3]), unseen)).toMatchObject({
      n_excused: 1,
      recall: null,
      precision: null,
      f1: null,
    });
  });
});

describe("activity in time", () => {
  test("spikes three frames late are lost to a tolerance of two, and found within half a second", () => {
    const [units, frames] = truth.S.shape as [number, number];
    const late = new Float64Array(units * frames);
    for (let i = 0; i < units; i++) {
      for (let t = 3; t < frames; t++) late[i * frames + t] = truth.S.data[i * frames + t - 3]!;
    }
    const estimate = { ...perfect, S: nd(late, [units, frames]) };
    const at = (options: object) => score(estimate, truth, { fps: 20, ...options });
    expect(score(perfect, truth, { fps: 20, event_tolerance_s: 0 }).median_event_f1).toBe(1);
    expect(at({}).event_tolerance_frames).toBe(2);
    expect(score(estimate, truth).event_tolerance_frames).toBe(1);
    const strict = at({ event_tolerance_s: 0 });
    const wide = at({ event_tolerance_s: 0.15 });
    expect(strict.event_tolerance_frames).toBe(0);
    expect(wide.event_tolerance_frames).toBe(3);
    // Only spikes of the last three frames have no event.
    for (const [i, { event_precision, event_recall }] of wide.cells.entries()) {
      const active = Array.from(truth.S.data.subarray(i * frames, (i + 1) * frames), (n) => n > 0);
      const n = active.filter(Boolean).length;
      const lost = active.slice(-3).filter(Boolean).length;
      expect(event_precision).toBe(1);
      // Other pairs within the tolerance may save a lost one.
      expect(event_recall!).toBeGreaterThanOrEqual((n - lost) / n);
    }
    expect(strict.median_event_f1!).toBeLessThan(wide.median_event_f1!);
    // A shift of 3 of 20 frames moves few counts between bins of a second, most between bins of two frames.
    expect(wide.median_count_corr_1s!).toBeGreaterThan(wide.median_count_corr_500ms!);
    expect(wide.median_count_corr_500ms!).toBeGreaterThan(wide.median_count_corr_100ms!);
  });

  test("bins are whole frames: at 7.5 Hz none of 0.1 s, and four frames of half a second", () => {
    const [cell] = score(perfect, truth, { fps: 7.5 }).cells;
    expect(cell!.count_corr_100ms).toBeNull();
    expect(cell!.count_corr_500ms).toBeCloseTo(1, 12);
    expect(score(perfect, truth).median_count_corr_1s).toBeNull();
  });

  test("seconds need a frame rate", () => {
    expect(() => score(perfect, truth, { event_tolerance_s: 1 })).toThrow("so it needs fps");
  });
});

describe("every form of the same footprints", () => {
  test("gives the same report, bit for bit", () => {
    const { footprints, ...traces } = picked(perfect, [4, 0, 9, 11, 2]);
    const [height, width] = truth.fov_shape;
    const csc = footprints.toCsc();
    const csr = footprints.toCsr();
    const dense = footprints.toDense();
    const swap = (matrix: typeof csc) => ({
      ...matrix,
      shape: [matrix.shape[1], matrix.shape[0]] as const,
      rows: "pixels" as const,
    });
    const columnMajor = (pixel: number) => (pixel % width) * height + Math.floor(pixel / width);
    const forms = {
      dense: { shape: [5, height, width], data: dense },
      dense64: { shape: [5, height, width], data: Float64Array.from(dense) },
      ndarray: nd(dense, [5, height, width]),
      csr: { format: "csr" as const, ...csr },
      csc: { format: "csc" as const, ...csc },
      // The transpose: runs are the same, rows are pixels.
      csc_pixels: { format: "csc" as const, ...swap(csr) },
      csr_pixels: { format: "csr" as const, ...swap(csc) },
      caiman: {
        format: "csc" as const,
        ...swap(csr),
        indices: csr.indices.map(columnMajor),
        pixel_order: "F" as const,
      },
      patches: {
        canvas: { height, width },
        length: 5,
        at: (i: number) => {
          const patch = footprints.at(i);
          return { ...patch, data: Array.from(patch.data) };
        },
      },
    };
    const expected = JSON.stringify(score({ footprints, ...traces }, truth));
    for (const [name, form] of Object.entries(forms)) {
      expect(JSON.stringify(score({ footprints: form, ...traces }, truth)), name).toBe(expected);
    }
  });
});

describe("the denominator", () => {
  /** Cell 0 of six is too dim to be detectable. */
  const dim = async () => {
    const { ground_truth } = await makeRecording({
      seed: 28,
      activity: { brightness_cv: 0.5 },
      sensor: { photons_per_um2_s: 700 },
    });
    expect([...ground_truth.detectable.data]).toEqual([0, 1, 1, 1, 1, 1]);
    return ground_truth;
  };

  test("a find that is a real but undetectable cell is neither right nor wrong", async () => {
    const six = await dim();
    const report = score(truthAsEstimate(six), six);
    expect(report).toMatchObject({ n_true: 5, n_est: 6, n_matched: 5, n_excused: 1 });
    expect(report).toMatchObject({ recall: 1, precision: 1, f1: 1 });
    expect(report.estimates[0]).toMatchObject({ status: "excused", cell: 0, similarity: 1 });
    expect(report.cells[0]).toMatchObject({ counted: false, matched: true, estimate: 0 });
    expect(report.summary()).toBe(
      "recall 1.00 (5 of 5 detectable cells; 6 planted), precision 1.00 (5 of 5 found, and 1 of undetectable cells), F1 1.00, median trace r 1.00, median activity r 1.00",
    );
  });

  test("an undetectable cell excuses one find, not its copies", async () => {
    const six = await dim();
    const report = score(picked(truthAsEstimate(six), [0, 0, 1]), six);
    expect(report).toMatchObject({ n_matched: 1, n_excused: 1, precision: 1 / 2, recall: 1 / 5 });
  });

  test("recall is that of the detectable cells alone: the others take nothing away", async () => {
    const six = await dim();
    const estimate = picked(truthAsEstimate(six), [0, 1, 2, 4]);
    const subset = score(estimate, six.detectableSubset());
    const restricted = score(estimate, six);
    for (const name of ["n_true", "n_matched", "recall", "mean_overlap"] as const) {
      expect(restricted[name]).toBe(subset[name]);
    }
    expect(subset.precision).toBe(3 / 4);
    expect(restricted.precision).toBe(1);
  });

  test("all planted cells, when asked for", async () => {
    const six = await dim();
    const estimate = picked(truthAsEstimate(six), [1, 2, 3, 4, 5]);
    const report = score(estimate, six, { restrict_to_detectable: false });
    expect(report).toMatchObject({ n_true: 6, n_matched: 5, n_excused: 0, recall: 5 / 6 });
    expect(report.summary()).toMatch(/^recall 0\.83 \(5 of 6 planted cells; 5 detectable\), /);
  });

  test("the counts give the shares, at every threshold", async () => {
    const six = await dim();
    const report = score(picked(truthAsEstimate(six), [5, 0, 2, 2]), six);
    for (const point of [report, ...report.curve]) {
      const claims = report.n_est - point.n_excused;
      expect(point.recall).toBe(point.n_matched / report.n_true);
      expect(point.precision).toBe(point.n_matched / claims);
      expect(point.f1).toBe((2 * point.n_matched) / (report.n_true + claims));
    }
  });
});

describe("traces, activity and motion", () => {
  test("are null where they were not estimated, or are constant", () => {
    const { footprints } = perfect;
    const frames = truth.C.shape[1]!;
    const alone = score({ footprints }, truth);
    expect(alone).toMatchObject({ median_trace_corr: null, median_activity_corr: null });
    const flat = nd(new Float64Array(12 * frames), [12, frames]);
    const constant = score({ footprints, C: flat, S: flat }, truth);
    expect(constant.cells[0]).toMatchObject({ trace_corr: null, activity_scale: null });
    expect(constant.median_trace_corr).toBeNull();
  });

  test("belong to the cell they were matched with, in any unit", () => {
    const estimate = picked(perfect, [7, 1]);
    const C = nd(
      estimate.C!.data.map((value) => 5 - 3 * value),
      [2, truth.C.shape[1]!],
    );
    const S = nd(
      estimate.S!.data.map((value) => value / 4),
      [2, truth.C.shape[1]!],
    );
    const report = score({ ...estimate, C, S }, truth);
    expect(report.cells[7]!.trace_corr).toBeCloseTo(-1, 12);
    expect(report.median_trace_corr).toBeCloseTo(-1, 12);
    expect(report.median_activity_scale).toBeCloseTo(4, 12);
    expect(report.cells[0]!.trace_corr).toBeNull();
  });

  test("shifts: an offset is forgiven, a correction is a negation, still tissue has none", async () => {
    const moving = (await makeRecording({ motion: { max_shift_um: 5, motion_amplitude_um: 4 } }))
      .ground_truth;
    const estimate = truthAsEstimate(moving);
    const shifts = moving.shifts!;
    const offset = nd(
      shifts.data.map((value, k) => value + (k % 2 === 0 ? 2 : -3)),
      shifts.shape,
    );
    const constant = score({ ...estimate, shifts: offset }, moving);
    // Sums of shifts of a few pixels: rounding errors of 1e-15.
    expect(constant.shift_rmse).toBeLessThan(1e-14);
    expect(constant.shift_rmse_raw).toBeCloseTo(Math.sqrt((2 * 2 + 3 * 3) / 2), 12);
    expect(constant.shift_offset![0]).toBeCloseTo(2, 12);
    expect(constant.shift_offset![1]).toBeCloseTo(-3, 12);
    const negated = nd(
      shifts.data.map((value) => -value),
      shifts.shape,
    );
    const corrected = { shifts_are_corrections: true };
    expect(score({ ...estimate, shifts: negated }, moving, corrected).shift_rmse).toBe(0);
    expect(score({ ...estimate, shifts: negated }, moving).shift_rmse).toBeGreaterThan(1);
    const still = nd(new Float64Array(2 * truth.C.shape[1]!), [truth.C.shape[1]!, 2]);
    expect(score({ ...perfect, shifts: still }, truth).shift_rmse).toBe(0);
  });
});

describe("tissue that bends and moves along the axis", async () => {
  const motion = {
    max_shift_um: 5,
    motion_amplitude_um: 4,
    nonrigid_um: 3,
    nonrigid_scale_um: 40,
    axial_motion_um: 4,
  };
  const bent = (await makeRecording({ motion })).ground_truth;
  const frames = bent.n_frames;
  const shifts = bent.shifts!;
  const [height, width] = bent.fov_shape;
  const errors = (motion: Omit<EstimateInput, "footprints">) =>
    score({ footprints: FootprintStack.from([], { height, width }), ...motion }, bent);

  test("the true shifts follow the mean of it, and miss by the bending at its pixels", () => {
    const report = errors({ shifts });
    expect(report.shift_rmse).toBe(0);
    const basis = bent.get("displacement_basis")!.data;
    const weights = bent.get("displacement_weights")!.data;
    const count = weights.length / frames;
    const size = basis.length / count;
    let square = 0;
    for (let t = 0; t < frames; t++) {
      for (let i = 0; i < size; i++) {
        let bend = 0;
        for (let k = 0; k < count; k++) bend += weights[k * frames + t]! * basis[k * size + i]!;
        square += bend ** 2 / (frames * size);
      }
    }
    // Float64 sums of a few million terms of one sign, and the fields' means of 1e-16 px.
    expect(report.displacement_rmse! / Math.sqrt(square)).toBeCloseTo(1, 9);
    expect(report).toMatchObject({ patch_shift_rmse: null, axial_shift_rmse_um: null });
  });

  test("patches and the axis have errors of their own; a constant along the axis is forgiven", () => {
    const patches = { shape: [1, 4], data: Float64Array.of(0, 0, height, width) };
    const whole = { patches, shifts: nd(Float64Array.from(shifts.data), [frames, 1, 2]) };
    const axial = bent.get("axial_shift_um")!.data;
    const report = errors({
      patch_shifts: whole,
      axial_shift_um: nd(
        axial.map((z, t) => z + 5 + (t % 2)),
        [frames],
      ),
    });
    // The mean of a field over the field of view is 0 but for rounding.
    expect(report.patch_shift_rmse).toBeLessThan(1e-12);
    expect(report.axial_shift_rmse_um).toBeCloseTo(0.5, 12);
    expect(report.shift_rmse).toBeNull();
    expect(report.displacement_rmse).toBeNull();
  });
});

describe("notes", () => {
  const [height, width] = [128, 128];
  test("are none for a sound estimate, and those of the estimate come first", () => {
    expect(score(perfect, truth).notes).toEqual([]);
    const dark = { row: 0, col: 0, height: 1, width: 2, data: Float32Array.of(-1, Number.NaN) };
    const cells: FootprintStack = perfect.footprints;
    const footprints = FootprintStack.from([dark, cells.at(3), dark, cells.at(5)], {
      height,
      width,
    });
    const report = score({ footprints, notes: ["Read backwards."] }, truth);
    expect(report).toMatchObject({ n_est: 4, n_matched: 2 });
    expect(report.notes).toEqual([
      "Read backwards.",
      "2 of 4 footprints have no light (zero, negative or not finite): they count as estimates and match nothing.",
    ]);
  });

  test("count traces and shifts that are not finite", () => {
    const frames = truth.C.shape[1]!;
    const broken = (rows: readonly number[]) => {
      const data = Float64Array.from(truth.C.data);
      for (const row of rows) data[row * frames + 7] = Number.NaN;
      return nd(data, [12, frames]);
    };
    const shifts = nd(new Float64Array(2 * frames).fill(Number.NaN, 4, 7), [frames, 2]);
    const { footprints } = perfect;
    const report = score({ footprints, C: broken([0, 4]), S: broken([1]), shifts }, truth);
    expect(report.cells.filter(({ trace_corr }) => trace_corr === null).length).toBe(2);
    expect(report.notes).toEqual([
      "C is not finite in some frames of 2 of 12 estimates: these have no trace r.",
      "S is not finite in some frames of 1 of 12 estimates: these have no activity r.",
      `The shifts of 2 of ${frames} frames are not finite: there is no motion error.`,
    ]);
  });

  test("say that footprints are turned or mirrored, on a square field", () => {
    // What turns a quarter back turns three quarters on.
    for (const [done, words] of [
      ["transposed", "transposed, with rows and columns exchanged"],
      ["flipped_rows", "upside down"],
      ["flipped_columns", "mirrored from left to right"],
      ["rotated_270", "turned by a quarter against the clock"],
    ] as const) {
      const turned = { footprints: uprightFootprints(perfect.footprints, done) };
      const orientation = done === "rotated_270" ? "rotated_90" : done;
      const report = score(turned, truth);
      // The cells lie on a jittered grid that is not symmetrical.
      expect(report.n_matched).toBeLessThan(6);
      expect(report.notes).toEqual([
        `The footprints are probably ${words}, which their size does not show: turned back, 12 cells would match instead of ${report.n_matched} (the option orientation: ${orientation}).`,
      ]);
      expect(score(turned, truth, { orientation })).toMatchObject({ mean_overlap: 1, notes: [] });
    }
    const few = score(picked(perfect, [2]), truth);
    expect(few.notes).toEqual([]);
  });

  test("the source begins the errors about an estimate, and no others", () => {
    const wrong = { ...perfect, source: "results.npz", C: nd(new Float64Array(12), [12, 1]) };
    const refused = () => score(wrong, truth, { match_threshold: 2 });
    expect(refused).toThrow("  match_threshold must be a number from 0 to 1, not 2.\n");
    expect(refused).toThrow(
      "  results.npz: The estimate has 1 frame of 100, too few for their traces to tell which: ",
    );
  });
});

/** All numbers in a value, however deep. */
function numbers(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbers) : [];
}

describe("the report", () => {
  test("holds no number that is not finite, whatever damaged files give", () => {
    const frames = truth.C.shape[1]!;
    const shifts = {
      name: "shifts",
      dims: ["frame", "axis_yx"],
      unit: "px",
      description: "A made-up motion.",
      value: nd(
        Float64Array.from({ length: 2 * frames }, (_, i) => i % 5),
        [frames, 2],
      ),
    };
    const moving = new GroundTruth({ ...truth.input(), step_fields: [shifts] });
    const spoilt = <T extends Float32Array | Float64Array>(data: T, values: readonly number[]) => {
      for (const [i, value] of values.entries()) data[(i * 7919) % data.length] = value;
      return data;
    };
    const rows = ({ shape, data }: Recorded["C"], values: readonly number[]) =>
      nd(spoilt(Float64Array.from(data), values), [...shape]);
    const odd = [Number.NaN, Infinity, -Infinity, -1, 0, 1e308, -1e308, 5e-324, 3e38];
    const values = fc.array(fc.constantFrom(...odd), { maxLength: 40 });
    fc.assert(
      fc.property(
        fc.record({ A: values, C: values, S: values, shifts: values }),
        fc.constantFrom(
          "light" as const,
          "iou" as const,
          "cosine" as const,
          "weighted_jaccard" as const,
        ),
        ({ A, C, S, shifts }, match_metric) => {
          const footprints = Array.from({ length: 12 }, (_, i) => {
            const patch = perfect.footprints.at(i);
            const data = Float32Array.from(patch.data);
            return { ...patch, data: spoilt(data, A.slice(3 * i, 3 * i + 3)) };
          });
          const estimate = {
            footprints: FootprintStack.from(footprints, perfect.footprints.canvas),
            C: rows(truth.C, C),
            S: rows(truth.S, S),
            shifts: rows(moving.shifts!, shifts),
          };
          const report = score(estimate, moving, { match_metric });
          expect(numbers(report).filter((value) => !Number.isFinite(value))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("is plain JSON without NaN, in snake case", () => {
    const report = score(picked(perfect, [0, 5]), truth);
    expect(report).toBeInstanceOf(Report);
    const data = JSON.parse(JSON.stringify(report));
    const names = (value: unknown): string[] =>
      typeof value !== "object" || value === null
        ? []
        : [
            ...(Array.isArray(value) ? [] : Object.keys(value)),
            ...Object.values(value).flatMap(names),
          ];
    expect(names(data).filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))).toEqual([]);
    expect(numbers(report).filter(Number.isNaN)).toEqual([]);
    expect(new Report(data).summary()).toBe(report.summary());
  });

  test("says of each cell where it is and how crowded", async () => {
    const { ground_truth } = await makeRecording({
      population: {
        soma_radius_um: 5,
        positions_um: [
          [50, 0, 0],
          [60, 3, 4],
          [50, -40, 0],
        ],
      },
    });
    const { cells } = score(truthAsEstimate(ground_truth), ground_truth);
    expect(cells[1]).toMatchObject({ cell: 1, depth_um: 60, y_um: 3, x_um: 4 });
    expect(cells.map((cell) => cell.nearest_neighbour_um)).toEqual([5, 5, 40]);
    expect(cells[2]!.neighbour_overlap_fraction).toBe(0);
    expect(cells[0]!.neighbour_overlap_fraction).toBeGreaterThan(0.5);
    expect(cells[0]!.vessel_overlap_fraction).toBeNull();
    expect(cells[0]!.detection_snr).toBe(ground_truth.detection_snr.data[0]);
  });

  test("a lone cell has no neighbour", async () => {
    const { ground_truth } = await makeRecording({ n_cells: 1 });
    const [cell] = score(truthAsEstimate(ground_truth), ground_truth).cells;
    expect(cell).toMatchObject({ nearest_neighbour_um: null, neighbour_overlap_fraction: 0 });
  });
});
