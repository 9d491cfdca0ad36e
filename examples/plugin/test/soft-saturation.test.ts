// A verb of one's own: what it does to light, in a window as in the whole.
import { conformance } from "@minisim/step-testkit";
import { builtinSteps, createSimulator } from "minisim";
import { softSaturation } from "minisim-step-fixed-pattern-noise";
import { expect, test } from "vitest";

conformance(softSaturation, {
  neutral: { bend: 0 },
  draws: false,
  golden: new URL("./golden-soft-saturation.json", import.meta.url),
});

const { simulate } = createSimulator({ steps: [...builtinSteps, softSaturation] });
const window = { top: 8, left: 4, height: 16, width: 12 };
const specOf = (acquisition: { readonly window?: typeof window } = {}) => ({
  acquisition: {
    duration_s: 0.2,
    image_sensor: { n_px_height: 32, n_px_width: 32 },
    ...acquisition,
  },
  steps: [
    { kind: "leakage", level: 50 } as const,
    { kind: "soft_saturation", bend: 0.02 } as const,
  ],
});

test("light x is read as x / (1 + bend · x)", async () => {
  const { observed: light } = await simulate(specOf(), { until: "leakage" });
  const { observed: read } = await simulate(specOf());
  expect(Math.max(...light.data)).toBeGreaterThan(40);
  for (const [pixel, x] of [...light.data].entries()) {
    // One rounding to float32.
    expect(Math.abs(read.data[pixel]! / (x / (1 + 0.02 * x)) - 1)).toBeLessThan(2 ** -23);
  }
});

test("a window has the pixels of the whole", async () => {
  const { observed: whole } = await simulate(specOf());
  const { observed: part } = await simulate(specOf({ window }));
  expect(part.shape.slice(1)).toEqual([window.height, window.width]);
  for (let row = 0; row < window.height; row++) {
    const at = (window.top + row) * 32 + window.left;
    const cut = [...whole.data.slice(at, at + window.width)];
    const start = row * window.width;
    expect([...part.data.slice(start, start + window.width)]).toEqual(cut);
  }
});
