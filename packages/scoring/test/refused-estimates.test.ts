// Estimates and options that cannot be scored: every problem, in a sentence, at once.
import { type EstimateInput, InputError, type ScoreOptions, score } from "@minisim/scoring";
import { makeRecording } from "@minisim/testing";
import { expect, test } from "vitest";

const { ground_truth: truth } = await makeRecording({ n_cells: 2, n_px: 20, soma_radius_um: 2 });

function refusal(estimate: unknown, options: unknown = {}): readonly string[] {
  try {
    score(estimate as EstimateInput, truth, options as ScoreOptions);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).problems.map(({ message }) => message);
  }
  return [];
}

const footprints = { shape: [1, 20, 20], data: new Float32Array(400) };
const rows = (...shape: number[]) => ({
  shape,
  data: new Float64Array(shape.reduce((a, b) => a * b, 1)),
});

test("all of an estimate and its options at once", () => {
  const estimate = { footprints, C: rows(2, 40), S: rows(1, 39), shifts: rows(41, 3) };
  const options = {
    match_metric: "dice",
    match_threshold: 2,
    footprint_shift: [0.5, 1],
    restrict_to_detectable: 1,
    fps: 0,
    orientation: "mirrored",
    crop: [1, 2],
    spatial_binning: 0,
    frames: [3, 3],
    frame_stride: 2,
    frame_binning: 2,
    event_tolerance_s: -1,
    threshold: 0.5,
  };
  expect(refusal(estimate, options)).toEqual([
    "threshold is not an option; the options are match_metric, match_threshold, restrict_to_detectable, footprint_shift, shifts_are_corrections, fps, event_tolerance_s, orientation, crop, spatial_binning, frames, frame_stride, frame_binning.",
    'match_metric must be light, iou, cosine, weighted_jaccard, not "dice".',
    "match_threshold must be a number from 0 to 1, not 2.",
    "restrict_to_detectable must be true or false, not 1.",
    "fps must be a number above 0 or null, not 0.",
    "event_tolerance_s must be a number of seconds, 0 or more, or null, not -1.",
    'orientation must be auto, upright, transposed, flipped_rows, flipped_columns, rotated_90, rotated_180, rotated_270, anti_transposed, not "mirrored".',
    'crop must be "auto" or four whole numbers of pixels (top, left, bottom, right), not [1, 2].',
    "spatial_binning must be a whole number from 1, not 0.",
    "frame_stride and frame_binning exclude each other: frames are kept or averaged.",
    "frames must be null or rising numbers of frames from 0 to 39.",
    'footprint_shift must be "auto", null or two whole numbers of pixels, not [0.5, 1].',
    "C has 2 rows, one for each footprint would be 1.",
    "S has 39 columns; the recording's frames are 40.",
    "shifts has 41 rows, one for each frame would be 40.",
    "shifts has 3 columns; dy and dx are 2.",
  ]);
});

test("motion of patches and along the axis", () => {
  const patches = { shape: [2, 4], data: Float64Array.of(0, 0, 10, 10, 10, 10, 11, 10) };
  expect(
    refusal({
      footprints,
      axial_shift_um: rows(40, 1),
      patch_shifts: { patches, shifts: rows(40, 3, 2) },
    }),
  ).toEqual([
    "patch_shifts.shifts must have the shape [40, 2, 2] and its values as a Float32Array or Float64Array.",
    "axial_shift_um must have the shape [40] and its values as a Float32Array or Float64Array.",
  ]);
  expect(refusal({ footprints, patch_shifts: { patches, shifts: rows(40, 2, 2) } })).toEqual([
    "patch_shifts.patches: patch 1 is no rectangle of whole pixels on the field of view, 20 × 20.",
  ]);
  expect(refusal({ footprints, patch_shifts: {} })).toEqual([
    "patch_shifts.patches must have the shape [patch, 4] and its values as a Float32Array or Float64Array.",
    "patch_shifts.shifts must have the shape [40, patch, 2] and its values as a Float32Array or Float64Array.",
  ]);
});

test.each([
  ["no estimate", null, /^The estimate must be an object, not null\.$/],
  ["no footprints", {}, /^footprints must be patches, images or a sparse matrix, not undefined\.$/],
  ["something else", { footprints: { rows: 3 } }, /^footprints must be patches \(canvas, /],
  [
    "another field",
    { footprints: rows(1, 21, 20) },
    /^footprints are 21 × 20 px, the field of view 20 × 20\. Taken for a part of it, too few of them lie on cells\. The options crop, /,
  ],
  ["a flat matrix", { footprints: rows(1, 400) }, /^footprints have shape \[1, 400\]; /],
  [
    "missing values",
    { footprints: { shape: [2, 20, 20], data: [] } },
    /^footprints must hold the 2 × 20 × 20 values/,
  ],
  [
    "columns first",
    { footprints: { ...footprints, stride: [400, 1, 20], offset: 0 } },
    /row-major order/,
  ],
  [
    "an unknown format",
    { footprints: { format: "coo", shape: [1, 400], indptr: [0, 0], indices: [], data: [] } },
    /^footprints\.format must be "csr" or "csc", not "coo"\.$/,
  ],
  [
    "an unknown order",
    {
      footprints: {
        format: "csr",
        pixel_order: "K",
        shape: [1, 400],
        indptr: [0, 0],
        indices: [],
        data: [],
      },
    },
    /pixel_order "C" or "F", not "units" and "K"\.$/,
  ],
  [
    "a matrix of other size",
    { footprints: { format: "csr", shape: [1, 399], indptr: [0, 0], indices: [], data: [] } },
    /400 pixels, the matrix 399/,
  ],
  [
    "patches on another field",
    { footprints: { canvas: { height: 9, width: 9 }, length: 0, at: () => null } },
    /^footprints are 9 × 9 px, the field of view 20 × 20\. Taken for a part of it, averaged over 2 × 2 pixels, too few /,
  ],
  ["a list for traces", { footprints, C: [1, 2] }, /^C must have a shape of two numbers/],
  [
    "traces that lack values",
    { footprints, C: { shape: [1, 40], data: new Float32Array(39) } },
    /^C has 39 values, not the 1 × 40 of its shape\.$/,
  ],
])("%s", (_, estimate, sentence) => {
  expect(refusal(estimate)).toEqual([expect.stringMatching(sentence)]);
});
