// Any valid spec simulates, whatever its steps and numbers; any other is refused with issues and never with a stack trace.
import fc from "fast-check";
import { builtinSteps, Spec, simulate } from "minisim";
import { expect, test } from "vitest";
import { z } from "zod";

interface Node {
  readonly type?: string;
  readonly properties?: Record<string, Node>;
  readonly items?: Node;
  readonly prefixItems?: Node[];
  readonly anyOf?: Node[];
  readonly enum?: unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly maxItems?: number;
}

// What would make a recording that is valid, and too large to try: the cost grows with these.
const LIMITS: Record<string, number> = {
  density_per_mm3: 3e5,
  n_roots: 6,
  n_components: 4,
  spatial_sigma_um: 200,
  spike_sim_hz: 600,
  max_shift_um: 60,
  soma_radius_um: 40,
  dendrite_length_um: 100,
  turnover_tau_s: 1e6,
};

/** Values of a number over its whole range, with its ends, and spread over the decades. */
function numbers(node: Node, name: string): fc.Arbitrary<number> {
  const low = node.minimum ?? node.exclusiveMinimum ?? -1e3;
  const high = Math.min(node.maximum ?? node.exclusiveMaximum ?? 1e6, LIMITS[name] ?? Infinity);
  const span = high - low;
  const scaled = fc.double({ min: 0, max: 1, noNaN: true }).map((u) => low + span * u ** 6);
  const inside = scaled.filter(
    (value) =>
      (node.exclusiveMinimum === undefined || value > node.exclusiveMinimum) &&
      (node.exclusiveMaximum === undefined || value < node.exclusiveMaximum),
  );
  return node.type === "integer" ? inside.map(Math.round).filter((v) => v >= low) : inside;
}

function values(node: Node, name: string): fc.Arbitrary<unknown> {
  if (node.anyOf) return fc.oneof(...node.anyOf.map((part) => values(part, name)));
  if (node.const !== undefined) return fc.constant(node.const);
  if (node.enum) return fc.constantFrom(...node.enum);
  switch (node.type) {
    case "number":
    case "integer":
      return numbers(node, name);
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      if (node.prefixItems) return fc.tuple(...node.prefixItems.map((part) => values(part, name)));
      return fc.array(values(node.items ?? {}, name), { maxLength: 3 });
    case "object": {
      const fields = Object.entries(node.properties ?? {});
      const model = Object.fromEntries(fields.map(([key, part]) => [key, values(part, key)]));
      return fc.record(model, { requiredKeys: [] });
    }
    default:
      return fc.constant(null);
  }
}

const steps = builtinSteps.map((step) =>
  values(z.toJSONSchema(step.params, { io: "input" }) as Node, step.kind).map((params) => ({
    kind: step.kind,
    ...(params as object),
  })),
);

const specs = fc.record({
  acquisition: fc.record({
    fps: fc.constantFrom(5, 20, 33.3),
    duration_s: fc.double({ min: 0.05, max: 0.5, noNaN: true }),
    focal_depth_in_tissue_um: fc.constantFrom("auto" as const, 0, 80),
    optics: fc.record({
      na: fc.constantFrom(0.1, 0.45, 1),
      magnification: fc.constantFrom(1, 3, 8),
      field_curvature_radius_um: fc.constantFrom(null, 20, 2500),
    }),
    image_sensor: fc.record({
      n_px_height: fc.integer({ min: 1, max: 40 }),
      n_px_width: fc.integer({ min: 1, max: 40 }),
      bit_depth: fc.integer({ min: 1, max: 16 }),
      read_noise_e: fc.constantFrom(0, 2),
    }),
  }),
  seed: fc.nat(),
  steps: fc
    .tuple(...steps.map((step) => fc.option(step, { nil: undefined })))
    .map((chosen) => chosen.filter((step) => step !== undefined)),
  output: fc.record({ save_intermediates: fc.boolean() }),
});

/** The input without the parameters of steps that it is refused for. */
function mended(input: Input, issues: readonly { path: readonly (string | number)[] }[]): Input {
  const copy = structuredClone(input);
  for (const { path } of issues) {
    const [section, index, field] = path;
    if (section === "steps" && field !== undefined) delete copy.steps[Number(index)]![field];
  }
  return copy;
}

interface Input {
  readonly steps: Record<string, unknown>[];
}

test("any valid spec simulates, and any other is refused with issues", async () => {
  let valid = 0;
  const tryOut = async (input: Input, mends = 0): Promise<void> => {
    const result = Spec.safeParse(input);
    if (!result.ok) {
      expect(result.issues.length).toBeGreaterThan(0);
      for (const { message } of result.issues) expect(message).toMatch(/^\S.*[.?]$/s);
      if (mends < 5) await tryOut(mended(input, result.issues), mends + 1);
      return;
    }
    valid += 1;
    const { observed, ground_truth } = await simulate(input);
    expect(observed.data.every((value) => Number.isFinite(value))).toBe(true);
    for (const field of [ground_truth.C, ground_truth.observed_gain, ground_truth.shifts]) {
      expect(field === null || field.data.every(Number.isFinite)).toBe(true);
    }
  };
  const property = fc.asyncProperty(specs, (input) => tryOut(input as unknown as Input));
  // A fixed seed: a failure here is a bug, not weather.
  await fc.assert(property, { numRuns: 150, seed: 20261122 });
  expect(valid).toBeGreaterThan(60);
});
