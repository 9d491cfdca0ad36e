// The parameters of a call, checked.
import { InputError } from "@minisim/spec/input";
import { z } from "zod";
import type { Call, Method } from "./serve.ts";
import { WireArray } from "./wire-array.ts";

/** A method whose parameters have this schema. What does not is an InputError with a sentence for every parameter that is wrong. */
export function method<Schema extends z.ZodType>(
  schema: Schema,
  run: (params: z.output<Schema>, call: Call) => unknown,
): Method {
  return (given, call) => {
    const parsed = schema.safeParse(given);
    if (parsed.success) return run(parsed.data, call);
    throw new InputError(
      parsed.error.issues.map(
        ({ path, message }) => `${path.join(".") || "parameters"}: ${message}.`,
      ),
    );
  };
}

/** The number that `simulate` or `open` gave. */
export const handle = z.int();
export const path = z.string().min(1);
export const settings = z.record(z.string(), z.unknown()).default({});
export const wireArray = z.instanceof(WireArray, { error: "must be an array" });
/** A spec: what it is, its own schema tells. */
export const document = z.record(z.string(), z.unknown());
