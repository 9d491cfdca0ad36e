// What the root of a store says about the recording.
import {
  acquisitionSchema,
  outputSchema,
  type Path,
  type Spec,
  type StepPackage,
} from "@minisim/spec";
import { z } from "zod";
import { name, version } from "../package.json";

export const FORMAT = "minisim-recording";
export const FORMAT_VERSION = 2;
/**
 * A hard boundary: a store of another version is not read. In version 1, fields of steps that this program did not know were marked, and the others had
 * shorter descriptions.
 */
export const READABLE_VERSIONS: readonly number[] = [1, FORMAT_VERSION];
export const GENERATOR = { name, version } as const;

/** The code of the warning that a recording was made under another key than its spec has now. */
export const CACHE_KEY_MISMATCH = "cache_key_mismatch";
/** The code of the warning that a step of the recording is not among those of whoever opens it. */
export const MISSING_STEP = "missing_step";
/** Warnings about the program that opens a recording, which are not the recording's own. */
export const FOUND_ON_OPENING: readonly string[] = [CACHE_KEY_MISMATCH, MISSING_STEP];

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

const packageSchema = z.strictObject({ name: z.string(), version: z.string() });

export const attributesSchema = z
  .looseObject({
    format: z.literal(FORMAT),
    format_version: z.literal(READABLE_VERSIONS),
    generator: packageSchema,
    spec: specSchema,
    cache_key: z.string(),
    step_revisions: z.record(z.string(), z.int()),
    // Absent in stores that were written before there was any.
    step_packages: z.record(z.string(), packageSchema).default({}),
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
  readonly generator: StepPackage;
  readonly spec: Spec;
  readonly cache_key: string;
  /** Revision of the physics of each step, by kind. */
  readonly step_revisions: Readonly<Record<string, number>>;
  /** What brought each step, by kind; without those of which nobody knew it. */
  readonly step_packages: Readonly<Record<string, StepPackage>>;
  readonly store_dtype: "float32" | "float64";
  readonly warnings: readonly StoreWarning[];
  readonly complete: true;
}
