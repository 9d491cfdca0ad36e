// Specs drawn over all that the schema accepts: each number from end to end, evenly over its decades, and often at an end.
import type { Issue, JsonSchema } from "@minisim/spec";
import fc from "fast-check";
import { Spec } from "minisim";

// Towards 0 there are decades without end; this many are looked at, the upper ones more often.
const DECADES = 12;

export interface Input {
  readonly acquisition: Record<string, unknown>;
  readonly steps: readonly Record<string, unknown>[];
}

// fast-check's doubles are even over their bits, which are mostly those of tiny numbers.
const uniform = fc.noBias(fc.integer({ min: 0, max: 2 ** 30 })).map((whole) => whole / 2 ** 30);

/** A number of the whole range, or one of its ends. */
function numbers(schema: JsonSchema): fc.Arbitrary<number> {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, type } = schema;
  const low = minimum ?? beside(exclusiveMinimum!, 1);
  const high = maximum ?? beside(exclusiveMaximum!, -1);
  const inside = uniform
    .map((u) => along(low, high, u))
    .map((value) => Math.min(Math.max(type === "integer" ? Math.round(value) : value, low), high));
  return fc.oneof(
    { weight: 8, arbitrary: inside },
    { weight: 1, arbitrary: fc.constant(low) },
    { weight: 1, arbitrary: fc.constant(high) },
  );
}

/** The number next to a bound that is not allowed itself. */
const beside = (bound: number, side: 1 | -1) => bound + side * Math.abs(bound) * 2 ** -52;

function along(low: number, high: number, u: number): number {
  if (low > 0) return low * (high / low) ** u;
  if (low === 0) return high * share(u);
  return u < 0.5 ? low * share(1 - 2 * u) : high * share(2 * u - 1);
}

const share = (u: number) => 10 ** (-DECADES * (1 - u) * (1 - u));

function values(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.file) return ownNumbers(schema);
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches) return fc.oneof(...branches.map(values));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.type === "number" || schema.type === "integer") return numbers(schema);
  if (schema.type === "boolean") return fc.boolean();
  if (schema.type === "null") return fc.constant(null);
  if (schema.prefixItems) return fc.tuple(...schema.prefixItems.map(values));
  if (schema.items) return fc.array(values(schema.items), { maxLength: 3 });
  if (schema.properties) return fields(schema.properties);
  throw new Error(`No value is known for the schema ${JSON.stringify(schema)}.`);
}

/** Numbers of one's own, in place of a model: seldom, and never in a file. */
function ownNumbers({ anyOf = [] }: JsonSchema): fc.Arbitrary<unknown> {
  const lists = anyOf.find(({ type }) => type === "array")!;
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: values({ ...lists, file: undefined } as never) },
  );
}

/** Any of the fields: what is left out has its default. */
function fields(properties: Readonly<Record<string, JsonSchema>>): fc.Arbitrary<object> {
  const model = Object.entries(properties).map(([name, one]) => [name, values(one)] as const);
  return fc.record(Object.fromEntries(model), { requiredKeys: [] });
}

const { acquisition, steps, output, seed } = Spec.jsonSchema().properties!;

// The chip and the number of frames are small, so that most of what is drawn can be tried.
const side = fc.oneof(
  fc.constantFrom(40, 64),
  numbers({ type: "integer", minimum: 1, maximum: 64 }),
);
const frames = numbers({ type: "integer", minimum: 1, maximum: 60 });
// With a frame in three hours, cells cannot fire: half of the rates are usual ones.
const rates = fc.oneof(fc.constantFrom(5, 20, 33.3), numbers(acquisition!.properties!.fps!));
// Three of four have some number of cells and a margin of some pixels, in place of a density and a shift in micrometres.
const sizes = fc.option(
  fc.record({
    cells: numbers({ type: "integer", minimum: 1, maximum: 1000 }),
    margin_px: numbers({ type: "integer", minimum: 1, maximum: 60 }),
  }),
  { nil: null, freq: 3 },
);

const kinds = (steps!.items as JsonSchema).oneOf!.map(({ properties }) => {
  const { kind, ...rest } = properties!;
  return fields(rest).map((params) => ({ kind: kind!.const, ...params }));
});

const whole = {
  acquisition: values(acquisition!) as fc.Arbitrary<Record<string, Fields>>,
  steps: fc
    .tuple(...kinds.map((step) => fc.option(step, { nil: undefined, freq: 4 })))
    .map((chosen) => chosen.filter((step) => step !== undefined)),
  seed: values(seed!),
  output: values(output!),
};

/** Any spec, valid or not, since rules between fields may object to it; of any size. */
export const anyInputs: fc.Arbitrary<Input> = fc.record(whole);

/** Any spec of a small chip and few frames, most of them with few cells. */
export const smallInputs: fc.Arbitrary<Input> = fc
  .record({
    ...whole,
    chip: fc.record({ n_px_height: side, n_px_width: side }),
    frames,
    fps: rates,
    sizes,
  })
  .map(({ acquisition: drawn, chip, frames: wanted, fps, sizes: moderate, steps, ...rest }) => {
    const duration_s = Math.min(Math.max(wanted / fps, 0.001), 86_400);
    const image_sensor: Fields = { ...drawn.image_sensor, ...chip };
    const { pixel_pitch_um = 3 } = image_sensor;
    const { magnification = 8 } = drawn.optics ?? {};
    const pixel_um = Number(pixel_pitch_um) / Number(magnification);
    const area_um2 = chip.n_px_height * chip.n_px_width * pixel_um * pixel_um;
    return {
      ...rest,
      acquisition: { ...drawn, image_sensor, fps, duration_s },
      steps: steps
        .map((step) => (moderate ? sized(step, moderate, pixel_um, area_um2) : step))
        .map((step) => withTrajectory(step, Math.round(duration_s * fps)))
        .map((step) => withOwnActivity(step, duration_s, Math.round(duration_s * fps))),
    };
  });

type Fields = Record<string, unknown>;

function sized(
  step: Fields,
  { cells, margin_px }: { readonly cells: number; readonly margin_px: number },
  pixel_um: number,
  area_um2: number,
): Fields {
  if (step.kind === "brain_motion") {
    const reach_um = Math.min(margin_px * pixel_um, 500);
    return { ...step, trajectory_um: null, max_shift_um: reach_um, motion_amplitude_um: reach_um };
  }
  if (step.kind === "place_neurons") {
    const [low, high] = (step.depth_range_um ?? [0, 200]) as [number, number];
    const volume_mm3 = 1e-9 * area_um2 * Math.max(high - low, 14);
    return { ...step, populations: null, density_per_mm3: Math.min(cells / volume_mm3, 1e7) };
  }
  return step;
}

/** A trajectory has a shift for each frame. */
function withTrajectory(step: Fields, count: number): Fields {
  const { trajectory_um } = step;
  if (!Array.isArray(trajectory_um) || trajectory_um.length === 0) return step;
  const length = { length: count };
  return {
    ...step,
    trajectory_um: Array.from(length, (_, i) => trajectory_um[i % trajectory_um.length]),
  };
}

/**
 * The input without what it is refused for. The field goes; where its default is wrong too, it gets its largest value, then its
 * smallest; and where they are, the step goes.
 */
export function mended(input: Input, issues: readonly Issue[]): Input {
  const gone = new Set<number>();
  const changed = input.steps.map((step) => ({ ...step }));
  const acquisition = structuredClone(input.acquisition) as Record<string, Input["steps"][number]>;
  for (const { severity, path } of issues) {
    const [section, index, field] = path;
    if (severity === "warning") continue;
    if (section === "acquisition" && field !== undefined) {
      // The default is left, of what it disagreed with too.
      const group = acquisition[String(index)]!;
      // A window goes as a whole: it has no default.
      if (index === "window") delete acquisition.window;
      else delete group[field];
      if (field === "bit_depth") delete group.adc_bits;
    }
    const step = changed[Number(index)];
    if (section !== "steps" || step === undefined) continue;
    const { minimum, maximum } = schemaOf(String(step.kind), String(field));
    if (field === undefined || step[field] === minimum) gone.add(Number(index));
    else if (step[field] === maximum) step[field] = minimum;
    else if (field in step) delete step[field];
    else step[field] = maximum;
  }
  return { ...input, acquisition, steps: changed.filter((_, index) => !gone.has(index)) };
}

function schemaOf(kind: string, field: string): JsonSchema {
  const kinds = (steps!.items as JsonSchema).oneOf!;
  const step = kinds.find(({ properties }) => properties!.kind!.const === kind);
  return step?.properties?.[field] ?? {};
}

/** Spikes within the recording, traces of its length, and not both. */
function withOwnActivity(step: Fields, duration_s: number, frames: number): Fields {
  const { spike_times_s, dff } = step as { spike_times_s?: number[][]; dff?: number[][] };
  if (spike_times_s) {
    const inTime = spike_times_s.map((train) => train.map((time) => Math.abs(time) % duration_s));
    return { ...step, spike_times_s: inTime, dff: null };
  }
  if (!dff) return step;
  const whole = dff.map((trace) =>
    Array.from({ length: frames }, (_, t) => trace[t % trace.length] ?? 0),
  );
  return { ...step, dff: whole };
}
