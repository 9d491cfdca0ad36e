// Nothing shares a generator: a draw depends on its path alone.
import { createRandom, type PathPart } from "@minisim/random";
import { describe, expect, test } from "vitest";

const draws = (stream: { uniform(): number }, n = 5) =>
  Array.from({ length: n }, () => stream.uniform());

describe("streams", () => {
  test.each<{ head: PathPart[]; tail: PathPart[] }>([
    { head: [], tail: [] },
    { head: ["spikes"], tail: [] },
    { head: [], tail: ["spikes", 3] },
    { head: ["place_neurons", 0], tail: ["soma", 12] },
    { head: [Number.MIN_SAFE_INTEGER, ""], tail: ["\ud800", 0] },
  ])("$head + $tail gives the same draws however it is reached", ({ head, tail }) => {
    const expected = draws(createRandom(9).stream(...head, ...tail));
    const random = createRandom(9);
    draws(random.stream("another"), 7);
    const node = random.child(...head);
    draws(node.stream(...tail));
    node.key(...tail);
    expect(node.path).toEqual(head);
    expect(draws(node.stream(...tail))).toEqual(expected);
  });

  test("two streams read alternately are each what they are alone", () => {
    const random = createRandom(3);
    const alone = draws(random.stream("a"));
    const a = random.stream("a");
    const b = random.stream("b");
    const interleaved = alone.map(() => {
      b.normal();
      const value = a.uniform();
      b.poisson(50);
      return value;
    });
    expect(interleaved).toEqual(alone);
  });

  test("different paths give different draws and keys", () => {
    const paths: PathPart[][] = [
      [],
      ["ab"],
      ["a", "b"],
      ["a", 1],
      ["a", "1"],
      ["a", 1, 0],
      [""],
      [0],
    ];
    const random = createRandom(0);
    expect(new Set(paths.map((p) => random.stream(...p).uniform())).size).toBe(paths.length);
    expect(new Set(paths.map((p) => String(random.key(...p)))).size).toBe(paths.length);
    expect(random.stream("a").uniform()).not.toBe(createRandom(1).stream("a").uniform());
  });

  test("neighbouring paths are uncorrelated", () => {
    // The sample correlation of independent series has standard deviation 1/√n; 5 of them, for 20 pairs.
    const n = 20_000;
    const series = Array.from({ length: 21 }, (_, i) =>
      draws(createRandom(0).stream("spikes", i), n),
    );
    for (let i = 1; i < series.length; i++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += (series[i]![k]! - 0.5) * (series[i - 1]![k]! - 0.5);
      expect(Math.abs((sum / n) * 12)).toBeLessThan(5 / Math.sqrt(n));
    }
  });
});

describe("what is refused", () => {
  test("seeds and path parts that JSON could not tell apart", () => {
    expect(() => createRandom(Number.NaN)).toThrow("A seed must be an integer, not NaN.");
    expect(() => createRandom(0.5)).toThrow(RangeError);
    const random = createRandom(0);
    expect(() => random.stream("a", Number.NaN)).toThrow("made of names and integers, not NaN");
    expect(() => random.key(1.5)).toThrow(TypeError);
    expect(() => random.child(null as unknown as string)).toThrow(TypeError);
  });
});
