// What is kept of a simulation.
import { z } from "zod";
import type { Frozen } from "./frozen.ts";
import { choice, flag } from "./units.ts";

export const outputSchema = z
  .strictObject({
    save_intermediates: flag({
      description: "Keep a movie of every stage beside the final one",
    }).default(false),
    store_dtype: choice(["float32", "float64"], {
      description: "Floating-point type that holds the counts of a loaded movie",
    }).default("float32"),
  })
  .meta({ description: "What is kept" });

export type Output = Frozen<z.output<typeof outputSchema>>;
export type OutputInput = z.input<typeof outputSchema>;
