// Recording row by row: what it holds, and the ways to a stage or a frame.
import { GroundTruth, nd, Recording, type StageMovie } from "@minisim/recording";
import { createSpecFactory } from "@minisim/spec";
import { describe, expect, test } from "vitest";
import { FOV, FRAMES, truthData } from "./truth.ts";

const spec = createSpecFactory([]).parse({ steps: [] });
const ground_truth = new GroundTruth(truthData());
const pixels = FRAMES * FOV.height * FOV.width;
const observed = nd(new Float32Array(pixels), [FRAMES, FOV.height, FOV.width]);
const snapshot: StageMovie = {
  name: "cells_only",
  movie: nd(new Float32Array(FRAMES * 12 * 13), [FRAMES, 12, 13]),
  fov_offset: [2, 2],
};
const issue = { severity: "warning", code: "odd", path: [], message: "Odd." } as const;

/** A source that remembers what it was asked for. */
function sourceOf(asked: unknown[]) {
  return {
    stages: [
      { name: "cells_only", kind: "composite" },
      { name: "sensor", kind: "sensor" },
    ],
    async render(frames: readonly number[], stage?: string): Promise<StageMovie> {
      asked.push([...frames, stage]);
      const known = stage === undefined || ["sensor", "cells_only", "composite"].includes(stage);
      if (!known) throw new RangeError(`There is no stage "${stage}".`);
      return {
        name: stage ?? "sensor",
        movie: nd(new Float32Array(1), [1, 1, 1]),
        fov_offset: [0, 0],
      };
    },
  };
}

const plain = new Recording({ spec, observed, ground_truth });

describe("fields", () => {
  test("spec is the spec", () => expect(plain.spec).toBe(spec));
  test("observed is frame × height × width, not copied", () => {
    expect(plain.observed).toBe(observed);
    expect(plain.observed.shape).toEqual([FRAMES, FOV.height, FOV.width]);
  });
  test("ground_truth is the truth", () => expect(plain.ground_truth).toBe(ground_truth));
  test("snapshots and warnings are empty where none were kept", () => {
    expect(plain.snapshots).toEqual({});
    expect(plain.warnings).toEqual([]);
  });
  test("snapshots are by stage name, warnings are data", () => {
    const snapshots = { cells_only: snapshot };
    const full = new Recording({ spec, observed, ground_truth, snapshots, warnings: [issue] });
    expect(full.snapshots).toEqual(snapshots);
    expect(full.warnings).toEqual([issue]);
  });
  test("all are frozen", () => {
    expect(Object.isFrozen(plain)).toBe(true);
    expect(Object.isFrozen(plain.snapshots)).toBe(true);
    expect(Object.isFrozen(plain.warnings)).toBe(true);
    expect(Object.isFrozen(plain.spec)).toBe(true);
  });
});

describe("stage", () => {
  test.each(["cells_only", "composite"])("%s is the snapshot where there is one", async (name) => {
    const asked: unknown[] = [];
    const recording = new Recording({
      spec,
      observed,
      ground_truth,
      snapshots: { cells_only: snapshot },
      source: sourceOf(asked),
    });
    expect(await recording.stage(name)).toBe(snapshot);
    expect(asked).toEqual([]);
  });

  test("is rendered again, all frames of it, where none was kept", async () => {
    const asked: unknown[] = [];
    const recording = new Recording({ spec, observed, ground_truth, source: sourceOf(asked) });
    expect((await recording.stage("composite")).name).toBe("composite");
    expect(asked).toEqual([[0, 1, 2, 3, "composite"]]);
  });

  test("that is unknown is the source's error", async () => {
    const recording = new Recording({ spec, observed, ground_truth, source: sourceOf([]) });
    await expect(recording.stage("typo")).rejects.toThrow(RangeError);
  });

  test("without a source an unknown one lists the snapshots", async () => {
    await expect(plain.stage("typo")).rejects.toThrow(
      'There is no stage "typo"; this recording keeps none (set output.save_intermediates).',
    );
    const snapshots = { cells_only: snapshot };
    const kept = new Recording({ spec, observed, ground_truth, snapshots });
    await expect(kept.stage("typo")).rejects.toThrow(
      'There is no stage "typo"; this recording keeps cells_only.',
    );
    expect(await kept.stage("cells_only")).toBe(snapshot);
  });
});

describe("frame", () => {
  test("is rendered by the source: of the movie, or of a stage", async () => {
    const asked: unknown[] = [];
    const recording = new Recording({ spec, observed, ground_truth, source: sourceOf(asked) });
    await recording.frame(2);
    await recording.frame(3, "composite");
    expect(asked).toEqual([
      [2, undefined],
      [3, "composite"],
    ]);
  });

  test("without a source there is none", async () => {
    await expect(plain.frame(0)).rejects.toThrow(
      "This recording cannot render frames: it has no source.",
    );
  });
});
