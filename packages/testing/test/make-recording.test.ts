// A recording in one call: what it holds, what its options change, what it refuses.
import { InputError, makeRecording, type RecordingOptions, recordingSpec } from "@minisim/testing";
import { simulate } from "minisim";
import { describe, expect, test } from "vitest";

const PIXELS = 128;

describe("the defaults", () => {
  test("are six cells on a field of 128 µm for two seconds", async () => {
    const { observed, ground_truth: truth } = await makeRecording();
    expect(observed.shape).toEqual([40, PIXELS, PIXELS]);
    expect(truth.n_units).toBe(6);
    expect([...truth.depth_um.data]).toEqual([50, 50, 50, 50, 50, 50]);
    expect(truth.focal_depth_um).toBe(50);
    expect(truth.shifts).toBeNull();
  });

  test("keep cells in the middle 70 %, half a spacing apart at least", async () => {
    const { data } = (await makeRecording()).ground_truth.centers_um;
    const side = 0.7 * PIXELS;
    for (let i = 0; i < 6; i++) {
      expect(Math.abs(data[3 * i + 1]!)).toBeLessThanOrEqual(side / 2);
      expect(Math.abs(data[3 * i + 2]!)).toBeLessThanOrEqual(side / 2);
      for (let j = 0; j < i; j++) {
        const dy = data[3 * i + 1]! - data[3 * j + 1]!;
        const dx = data[3 * i + 2]! - data[3 * j + 2]!;
        // Three columns on 0.7 of the side.
        expect(Math.sqrt(dy * dy + dx * dx)).toBeGreaterThanOrEqual(side / 3 / 2);
      }
    }
  });

  test("are those of recordingSpec, simulated", async () => {
    const { observed } = await makeRecording({ seed: 5 });
    const simulated = await simulate(recordingSpec({ seed: 5 }));
    const [made, again] = [observed, simulated.observed].map(({ data }) =>
      Buffer.from(data.buffer),
    );
    expect(Buffer.compare(made!, again!)).toBe(0);
  });
});

describe("options", () => {
  test("size the movie", async () => {
    const { observed, spec } = await makeRecording({
      n_cells: 0,
      n_px: 40,
      pixel_size_um: 2.5,
      duration_s: 0.5,
      fps: 30,
      focal_depth_um: 20,
    });
    expect(observed.shape).toEqual([15, 40, 40]);
    const { image_sensor, optics } = spec.acquisition;
    expect(image_sensor.pixel_pitch_um / optics.magnification).toBe(2.5);
    expect(spec.acquisition.focal_depth_in_tissue_um).toBe(20);
  });

  test("another seed is another recording; more cells keep their draws", () => {
    const jitter = (options: RecordingOptions) => {
      const [place] = recordingSpec(options).steps;
      return (place as unknown as { positions_um: number[][] }).positions_um;
    };
    expect(jitter({ seed: 1 })).not.toEqual(jitter({ seed: 2 }));
    // Cells 0 to 8 of nine stand on another grid than cells 0 to 5 of six, with the same jitter in units of the spacing.
    const share = (cells: number, columns: number, k: number) =>
      (jitter({ n_cells: cells })[k]![2]! / (0.7 * PIXELS) + 0.5) * columns - (k % columns);
    for (const k of [0, 3, 5]) expect(share(9, 3, k)).toBeCloseTo(share(6, 3, k), 12);
  });

  test("a pair of depths is drawn from evenly", () => {
    const [place] = recordingSpec({ n_cells: 400, depth_um: [30, 90] }).steps;
    const depths = (place as unknown as { positions_um: number[][] }).positions_um.map(([z]) => z!);
    expect(Math.min(...depths)).toBeGreaterThanOrEqual(30);
    expect(Math.max(...depths)).toBeLessThanOrEqual(90);
    // Standard error of the mean of 400 uniform draws: 60 / √12 / 20 = 0.87 µm; four of them.
    const mean = depths.reduce((a, b) => a + b) / 400;
    expect(Math.abs(mean - 60)).toBeLessThan(3.5);
  });

  test("reach their steps", async () => {
    const spec = recordingSpec({
      motion: { max_shift_um: 3, motion_amplitude_um: 2 },
      activity: { f0: 2 },
      sensor: { photons_per_um2_s: 7 },
      morphology: "cytosolic",
      extra_steps: [{ kind: "leakage", level: 0.3 }],
    });
    const step = (kind: string) => spec.steps.find((one) => one.kind === kind);
    expect(step("brain_motion")).toMatchObject({ max_shift_um: 3 });
    expect(step("cell_activity")).toMatchObject({ f0: 2, rate_hz: 8, silent_fraction: 0 });
    expect(step("sensor")).toMatchObject({ photons_per_um2_s: 7 });
    expect(step("place_neurons")).toMatchObject({ morphology: "cytosolic", soma_radius_um: 5 });
    expect(step("leakage")).toMatchObject({ level: 0.3 });
  });

  test("a population of one's own takes the grid's place", async () => {
    const { ground_truth } = await makeRecording({
      population: { positions_um: [[30, 0, 4]], soma_radius_um: 6 },
    });
    expect([...ground_truth.centers_um.data]).toEqual([30, 0, 4]);
  });
});

/** The sentences that options are refused with. */
function refusal(options: unknown): readonly string[] {
  try {
    recordingSpec(options as RecordingOptions);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).problems.map(({ message }) => message);
  }
  return [];
}

describe("refusals", () => {
  test("name everything at once, in terms of the options", () => {
    const problems = refusal({
      n_cells: -1,
      n_px: 12.5,
      fps: Number.NaN,
      depth_um: [90, 30],
      morphology: "star",
      cells: 3,
      motion: 4,
      activity: { tau_decay_s: -1 },
      extra_steps: [{ kind: "leakage", level: -3 }, { kind: "sensor" }],
    });
    expect(problems).toEqual([
      expect.stringMatching(/^cells is not an option; the options are n_cells, n_px, /),
      "n_cells must be a whole number from 0 to 100000, not -1.",
      "n_px must be a whole number from 1 to 8192, not 12.5.",
      "fps must be a number above 0 and at most 1000 Hz, not NaN.",
      "depth_um must be a depth from 0 to 10000 µm, or two of them in rising order, not [90, 30].",
      'morphology must be "soma" or "cytosolic", not "star".',
      "motion must be an object of parameters, not 4.",
      expect.stringMatching(/^activity\.tau_decay_s: must be /),
      expect.stringMatching(/^extra_steps\[0\]\.level: must be /),
      expect.stringMatching(/^extra_steps\[1\]\.kind: /),
    ]);
  });

  test("a rule of the spec speaks of the option", () => {
    expect(refusal({ n_px: 8, soma_radius_um: 20 })).toEqual([
      expect.stringMatching(/^soma_radius_um: makes a cell body 40 µm across/),
    ]);
    expect(refusal({ n_px: 8, population: { soma_radius_um: 20 } })).toEqual([
      expect.stringMatching(/^population\.soma_radius_um: makes a cell body 40 µm across/),
    ]);
  });

  test("a population and the grid's options exclude each other", () => {
    expect(refusal({ population: {}, n_cells: 3, depth_um: 20 })).toEqual([
      "population takes the place of the cells on the grid: n_cells, depth_um cannot be given beside it.",
    ]);
  });

  test("no options at all", () => {
    expect(refusal(null)).toEqual(["The options must be an object, not null."]);
  });

  test("one problem is the message; several are listed below their number", async () => {
    await expect(makeRecording({ fps: 0 })).rejects.toThrow(/^fps must be/);
    await expect(makeRecording({ fps: 0, n_px: 0 })).rejects.toThrow(
      /^There are 2 problems:\n {2}/,
    );
  });
});
