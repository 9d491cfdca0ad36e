// A step's truth is asked for by the step's own token, by its name and as a property: one array.

import { type FieldToken, STEP_PROPERTIES } from "@minisim/recording";
import { builtinSteps, simulate } from "minisim";
import { expect, test } from "vitest";
import { allTwelve } from "./specs.ts";

type Property = "shifts" | "vignette";

test("of every built-in step, and of none that the spec leaves out", async () => {
  const { ground_truth } = await simulate(allTwelve);
  const { ground_truth: none } = await simulate({
    ...allTwelve,
    steps: [{ kind: "place_neurons" }],
  });
  const tokens = builtinSteps.flatMap(({ truth }): FieldToken[] => Object.values(truth));
  expect(tokens.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["shifts", "vignette", "bleaching", "neuropil_temporal"]),
  );
  for (const token of tokens) {
    const array = ground_truth.get(token);
    expect(array).toBe(ground_truth.get(token.name));
    expect(none.get(token)).toBeNull();
    if (!(STEP_PROPERTIES as readonly string[]).includes(token.name)) continue;
    expect(array).toBe(ground_truth[token.name as Property]);
    expect(none[token.name as Property]).toBeNull();
  }
});
