// What the root of a store says about the recording.
import { acquisitionSchema, outputSchema, type Path, type Spec } from "@minisim/spec";
import { z } from "zod";

export const FORMAT = "minisim-recording";
export const FORMAT_VERSION = 2;
/**
 * A hard boundary: a store of another version is not read. In version 1, fields of steps that this program did not know were marked, and the others had
 * shorter descriptions.
 */
export const READABLE_VERSIONS: readonly number[] = [1, FORMAT_VERSION];
export const GENERATOR = { name: "@minisim/store", version: "0.1.0" } as const;

/** The code of the warning that a recording was made under another key than its spec has now. */
export const CACHE_KEY_MISMATCH = "cache_key_mismatch";

/** Something that the simulation wants known: "fewer cells than asked for". */
export interface StoreWarning {
  readonly code: string;
  /** The place in the spec that is meant. */
  readonly path: Path;
  readonly message: string;
}

// The store does not know the steps, so a step is checked for its kind only.
const specSchema = z.strictObject({
  // Absent in a recording of the first edition, whose steps have fields of then.
  spec_version: z.int().optional(),
  acquisition: acquisitionSchema,
  seed: z.int(),
  steps: z.array(z.looseObject({ kind: z.string() })),
  output: outputSchema,
});

/** Enough to decide whether this is a recording, of this version, and finished. */
export const claimSchema = z.looseObject({
  attributes: z.looseObject({
    format: z.literal(FORMAT),
    format_version: z.unknown().optional(),
    complete: z.unknown().optional(),
  }),
});

export const attributesSchema = z
  .looseObject({
    format: z.literal(FORMAT),
    format_version: z.literal(READABLE_VERSIONS),
    generator: z.strictObject({ name: z.string(), version: z.string() }),
    spec: specSchema,
    cache_key: z.string(),
    step_revisions: z.record(z.string(), z.int()),
    store_dtype: z.enum(["float32", "float64"]),
    warnings: z
      .array(
        z.strictObject({
          code: z.string(),
          path: z.array(z.union([z.string(), z.int()])),
          message: z.string(),
        }),
      )
      .default([]),
    complete: z.literal(true),
  })
  .refine(({ spec, store_dtype }) => spec.output.store_dtype === store_dtype, {
    path: ["store_dtype"],
    error: "differs from output.store_dtype of the spec",
  });

/** The root attributes of a finished store. */
export interface StoreAttributes {
  readonly format: typeof FORMAT;
  readonly format_version: number;
  readonly generator: { readonly name: string; readonly version: string };
  readonly spec: Spec;
  readonly cache_key: string;
  /** Revision of the physics of each step, by kind. */
  readonly step_revisions: Readonly<Record<string, number>>;
  readonly store_dtype: "float32" | "float64";
  readonly warnings: readonly StoreWarning[];
  readonly complete: true;
}
