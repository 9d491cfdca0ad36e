// Stands for placement where activity is tested.
import { defineStep, slots } from "@minisim/pipeline";
import { z } from "zod";

const nothing = { row: 0, col: 0, height: 0, width: 0, data: new Float32Array(0) };

/** Cells with nothing but keys. */
export const someCells = defineStep({
  kind: "some_cells",
  revision: 1,
  domain: "cell",
  before: ["cell_activity"],
  summary: "Adds cells.",
  sources: [],
  params: z.strictObject({ keys: z.array(z.array(z.number())) }),
  compile({ params }) {
    const cells = params.keys.map((key) => ({
      key,
      position_um: [0, 0, 0] as const,
      planted: nothing,
    }));
    return { put: slots.cells.of(cells) };
  },
});
