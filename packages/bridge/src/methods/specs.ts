// Methods about specs alone: presets, and the points of a sweep.
import type { SpecInput } from "@minisim/spec";
import { type Axes, sweep } from "@minisim/sweep";
import { type RecordingOptions, recordingSpec } from "@minisim/testing";
import { preset, presets } from "minisim";
import { z } from "zod";
import { method } from "../parameters.ts";
import { readSpec, specSource } from "../spec-source.ts";

export const specMethods = {
  presets: method(z.strictObject({}), () => presets),
  /** A preset as one would write it by hand; null where there is none of this name. */
  preset: method(z.strictObject({ name: z.string() }), ({ name }) => preset(name) ?? null),
  /** The spec of a recording for a test suite. */
  testing_spec: method(
    z.strictObject({ options: z.record(z.string(), z.unknown()).default({}) }),
    ({ options }) => recordingSpec(options as RecordingOptions),
  ),
  /** The points of a sweep: the value of every axis, and the spec. All of them are checked. */
  variants: method(
    z.strictObject({
      base: specSource,
      axes: z.record(z.string(), z.array(z.json())),
      mode: z.enum(["product", "zip"]).default("product"),
      repeats: z.int().default(1),
    }),
    async ({ base, axes, mode, repeats }) => {
      const { spec } = await readSpec(base);
      const { variants } = sweep(spec as SpecInput, axes as Axes, { mode, repeats });
      return variants.map(({ tags, spec: point }) => ({ tags, spec: point }));
    },
  ),
};
