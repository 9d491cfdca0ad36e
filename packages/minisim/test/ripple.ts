// A step as an outsider writes it, with a verb of its own, and a recording that uses it and is cut into five chunks.
import { custom, defineStep } from "@minisim/pipeline";
import type { SpecInput } from "@minisim/spec";
import { builtinSteps, createSimulator } from "minisim";
import { z } from "zod";

const rippleStep = defineStep({
  kind: "ripple",
  revision: 1,
  domain: "sensor",
  summary: "A ripple over the frame.",
  sources: [],
  params: z.strictObject({
    fail_at: z.int().default(-1).describe("Frame to fail at; none where negative."),
    how: z.enum(["throw", "exit"]).default("throw").describe("How it fails."),
  }),
  compile: ({ params }) => ({
    frames: custom(new URL("./fixtures/ripple.mjs", import.meta.url).href, "ripple", {
      depth: 0.125,
      rows: Float64Array.of(0, 0.5, 1, 0.5),
      failAt: params.fail_at,
      how: params.how,
    }),
  }),
});

const steps = [...builtinSteps, rippleStep] as const;
export const rippling = createSimulator({ steps });

/** 40 frames, each just large enough, over 1 MiB of float32, that 8 of them and no more fill a chunk with its snapshots. */
export const rippled = (
  ripple: { fail_at?: number; how?: "throw" | "exit" } = {},
): SpecInput<typeof steps> => ({
  acquisition: {
    duration_s: 2,
    image_sensor: { n_px_height: 514, n_px_width: 516 },
  },
  seed: 5,
  steps: [
    { kind: "place_neurons", density_per_mm3: 500, depth_range_um: [0, 60] },
    { kind: "cell_activity" },
    { kind: "composite" },
    { kind: "brain_motion" },
    { kind: "ripple", ...ripple },
    { kind: "sensor" },
  ],
  output: { save_intermediates: true },
});
