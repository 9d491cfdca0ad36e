// The public contract: which bits a path gives. The fixture comes from an independent Python implementation of
// SHA-256 → Alea (Baagøe), so these are equalities, not approximations.
import { createRandom, type PathPart } from "@minisim/random";
import { describe, expect, test } from "vitest";
import streams from "./fixtures/streams.json" with { type: "json" };

describe.each(streams)("seed $seed, path $path", ({ seed, path, uniform, key }) => {
  const parts = path as PathPart[];

  test("the stream starts with these uniforms", () => {
    const stream = createRandom(seed).stream(...parts);
    expect(uniform.map(() => stream.uniform())).toEqual(uniform);
  });

  test("the key is these two words", () => {
    expect(createRandom(seed).key(...parts)).toEqual(key);
  });
});

// Frozen from the first release. A change here changes every recording: it needs a revision of every step.
test("first draws of every distribution", () => {
  const random = createRandom(42).child("golden");
  const first = (name: string) => random.stream(name);
  const normals = first("normal");
  expect({
    integer: first("integer").integer(1000),
    normal: [normals.normal(), normals.normal(), normals.normal()],
    exponential: first("exponential").exponential(),
    poisson: [first("poisson").poisson(5), first("poisson").poisson(500)],
    lognormal: first("lognormal").lognormal(1, 0.3),
    geometric: first("geometric").geometric(0.002),
    bernoulli: first("bernoulli").bernoulli(0.5),
  }).toMatchInlineSnapshot(`
    {
      "bernoulli": true,
      "exponential": 0.05246456468615191,
      "geometric": 687,
      "integer": 991,
      "lognormal": 0.9907104598037748,
      "normal": [
        0.0024529933488309156,
        1.137235374535625,
        0.8646313169581998,
      ],
      "poisson": [
        9,
        543,
      ],
    }
  `);
});
