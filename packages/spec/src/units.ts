// Fields for the author of a schema: zod types that carry a description, a unit and the origin of their range.
// The metadata travels into the JSON Schema, from which flags, forms and tables are made.
// Give the default last: `quantity({ ... }).default(7)`, `nullable(quantity({ ... })).default(null)`.
import { z } from "zod";

/**
 * What a file in place of a list holds: "events", times of each cell in ascending order of cells; "traces", one value for each cell and frame.
 */
export type FileContent = "events" | "traces";

export interface FieldOptions {
  /** One line for people: what the field means. */
  readonly description: string;
  /** Where the default and the range come from. */
  readonly source?: string;
  /** Where a spec file may have `{ file: PATH }` in place of the value: what whoever reads the spec file finds there. */
  readonly file?: FileContent;
}

export interface Bounds {
  /** Smallest allowed value. */
  readonly min?: number;
  /** Largest allowed value. */
  readonly max?: number;
  /** Exclusive lower bound. */
  readonly above?: number;
  /** Exclusive upper bound. */
  readonly below?: number;
}

export interface QuantityOptions extends FieldOptions, Bounds {
  /** "µm", "s", "1/mm³", ...; "1" for a pure number. */
  readonly unit: string;
  readonly integer?: boolean;
}

/** A finite number with a unit, within bounds. */
export function quantity(options: QuantityOptions): z.ZodNumber {
  let schema = options.integer ? z.number().int() : z.number();
  if (options.min !== undefined) schema = schema.min(options.min);
  if (options.max !== undefined) schema = schema.max(options.max);
  if (options.above !== undefined) schema = schema.gt(options.above);
  if (options.below !== undefined) schema = schema.lt(options.below);
  return schema.meta(metadata(options.unit, options));
}

/** A share or a probability, in [0, 1] unless the bounds are narrower; `above: 0` and `below: 1` exclude an end. */
export function fraction(options: FieldOptions & Bounds): z.ZodNumber {
  return quantity({
    ...(options.above === undefined ? { min: 0 } : {}),
    ...(options.below === undefined ? { max: 1 } : {}),
    ...options,
    unit: "1",
  });
}

/** A whole number of things, at least 1 unless `min` says otherwise. */
export function count(options: FieldOptions & Pick<Bounds, "min" | "max">): z.ZodNumber {
  return quantity({ min: 1, ...options, unit: "1", integer: true });
}

/** One of a few names. */
export function choice<const Names extends readonly [string, ...string[]]>(
  names: Names,
  options: FieldOptions,
): z.ZodEnum<{ [Name in Names[number]]: Name }> {
  return z.enum(names).meta(metadata("1", options));
}

/** true or false. */
export function flag(options: FieldOptions): z.ZodBoolean {
  return z.boolean().meta(metadata("1", options));
}

/** A list of fixed length whose places have names: `vector(["y", "x"], { unit: "µm", ... })` holds [y, x]. */
export function vector<const Names extends readonly [string, ...string[]]>(
  names: Names,
  options: QuantityOptions,
): z.ZodTuple<{ -readonly [Place in keyof Names]: z.ZodNumber }, null> {
  const places = names.map((name) =>
    quantity({ ...options, description: `${name} of: ${options.description}` }),
  );
  const schema = z.tuple(places as { -readonly [Place in keyof Names]: z.ZodNumber });
  return schema.meta(metadata(options.unit, options));
}

// zod hands on all issues of a list in one call, which a few hundred thousand of them do not survive.
const MOST_ISSUES = 1000;

/** An array that speaks of the first thousand things that are wrong in it. */
const BriefArray: z.core.$constructor<z.ZodArray> = z.core.$constructor(
  "BriefArray",
  (own, def) => {
    z.ZodArray.init(own, def);
    const { parse } = own._zod;
    own._zod.parse = (payload, context) => {
      const result = parse(payload, context);
      payload.issues.splice(MOST_ISSUES);
      return result;
    };
  },
);

/** A list of any length (at least `min`, at most `max`) of items that describe themselves. */
export function list<Item extends z.ZodType>(
  item: Item,
  options: FieldOptions & Pick<Bounds, "min" | "max">,
): z.ZodArray<Item> {
  let schema: z.ZodArray<Item> = new BriefArray({ type: "array", element: item }) as never;
  if (options.min !== undefined) schema = schema.min(options.min);
  if (options.max !== undefined) schema = schema.max(options.max);
  return schema.meta(metadata(undefined, options));
}

/** The value or null; keeps the description and the unit of the value. */
export function nullable<Value extends z.ZodType>(value: Value): z.ZodNullable<Value> {
  return z.nullable(value).meta({ ...value.meta() });
}

/** "auto" or the value; keeps the description and the unit of the value. */
export function autoOr<Value extends z.ZodType>(
  value: Value,
): z.ZodUnion<readonly [z.ZodLiteral<"auto">, Value]> {
  return z.union([z.literal("auto"), value]).meta({ ...value.meta() });
}

function metadata(unit: string | undefined, { description, source, file }: FieldOptions) {
  return {
    description,
    ...(unit === undefined ? {} : { unit }),
    ...(source === undefined ? {} : { source }),
    ...(file === undefined ? {} : { file }),
  };
}
