// The number of the edition that specs are written in.
import { z } from "zod";

/** The edition of today's specs. A field whose meaning changes gets another name, and the edition another number. */
export const SPEC_VERSION = 2 as const;

export const specVersion = z
  .literal(SPEC_VERSION)
  .default(SPEC_VERSION)
  .meta({ description: "Edition of the spec: what its fields mean; absent: today's" });
