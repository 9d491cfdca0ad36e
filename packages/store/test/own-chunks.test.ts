// Whose a chunk is: somebody's alone, and that of as many as anybody's.
import { describe, expect, test } from "vitest";
import type { ArrayGrid } from "../src/grid.ts";
import { isOwnOf, ownerOf, shareOf } from "../src/node/own-chunks.ts";

const movie = (frames: number, chunkRows: number): ArrayGrid => ({
  path: "observed",
  dtype: "uint8",
  shape: [frames, 4, 4],
  chunkRows,
});

const ownersOf = (grid: ArrayGrid, of: number): number[] =>
  Array.from({ length: Math.ceil(grid.shape[0]! / grid.chunkRows) }, (_, i) =>
    ownerOf(i, grid, of),
  );

describe("the chunks of a recording", () => {
  test("go round one by one where there are few", () => {
    expect(ownersOf(movie(50, 10), 2)).toEqual([1, 2, 1, 2, 1]);
    expect(ownersOf(movie(50, 10), 1)).toEqual([1, 1, 1, 1, 1]);
    expect(ownersOf(movie(20, 10), 3)).toEqual([1, 2]);
    expect(ownersOf(movie(0, 10), 3)).toEqual([]);
  });

  test("go round in runs where there are many, of no more frames than one has the use of", () => {
    const owners = ownersOf(movie(100_000, 10), 3);
    const first = owners.indexOf(2);
    expect(first).toBe(Math.ceil(512 / 10));
    expect(owners.slice(0, first)).toEqual(new Array(first).fill(1));
    expect(owners[3 * first]).toBe(1);
  });

  test.each([
    [1091, 11, 4],
    [5000, 1, 7],
    [172_800, 8, 64],
    [172_800, 8, 250],
  ])("of %i frames in chunks of %i are shared out evenly among %i", (frames, chunkRows, of) => {
    const grid = movie(frames, chunkRows);
    const shares = Array.from({ length: of }, (_, i) =>
      shareOf(grid, isOwnOf({ number: i + 1, of })),
    );
    expect(shares.reduce((sum, share) => sum + share.frames, 0)).toBe(frames);
    const counts = shares.map(({ chunks }) => chunks);
    expect(counts.reduce((a, b) => a + b)).toBe(Math.ceil(frames / chunkRows));
    // A run more or less, of 16 at least, or a chunk where there are fewer chunks than that.
    const most = Math.max(...counts);
    expect(most - Math.min(...counts)).toBeLessThanOrEqual(Math.max(1, Math.ceil(most / 16)));
  });
});
