// What CaImAn found: footprints, traces, spikes and shifts out of a file of cnmf.save.
import type { Estimate, Footprints } from "@minisim/metrics";
import { z } from "zod";
import {
  assemble,
  canvasOf,
  type H5Source,
  indicesOf,
  type Part,
  probeHdf5,
  readHdf5,
  selectRows,
  sparseFootprints,
} from "../h5/index.ts";

export const readSettings = z.strictObject({
  components: z
    .enum(["accepted", "all"])
    .default("accepted")
    .describe("accepted: those of idx_components where CaImAn judged them, else all"),
});

const A = "/estimates/A";

export const detectCaiman = (path: string): Promise<boolean> =>
  probeHdf5(path, (source) => source.kind("/estimates") === "group" && source.kind(A) !== null);

export function readCaiman(
  path: string,
  { components }: z.output<typeof readSettings>,
): Promise<Estimate> {
  return readHdf5(path, (source) => {
    const footprints = readFootprints(source);
    const all = {
      C: part(source, "/estimates/C"),
      S: part(source, "/estimates/S"),
      shifts: opposite(part(source, "/estimates/shifts")),
    };
    const estimate = assemble(source, footprints, all);
    const accepted = "/estimates/idx_components";
    if (components === "all" || source.kind(accepted) !== "dataset" || isNone(source, accepted)) {
      return estimate;
    }
    const kept = indicesOf(source, accepted, footprints.length);
    const select = (part: Part | null) => part && selectRows(part.rows, kept);
    return {
      footprints: {
        canvas: footprints.canvas,
        length: kept.length,
        at: (index) => footprints.at(kept[index]!),
      },
      C: select(all.C),
      S: select(all.S),
      shifts: estimate.shifts,
    };
  });
}

function readFootprints(source: H5Source): Footprints {
  source.demand(A, "group");
  const at = ["/dims", "/estimates/dims", "/params/data/dims"].find(
    (place) => source.kind(place) === "dataset" && !isNone(source, place),
  );
  if (!at) throw source.malformed("/dims", "is missing: without it, pixels have no place");
  const dims = source.numbers(at, { dims: 1, layout: "height, width" }).data;
  if (dims.length !== 2) {
    throw source.unsupported(at, `has ${dims.length} dimensions; only planes are read`);
  }
  const paths = { data: `${A}/data`, indices: `${A}/indices`, indptr: `${A}/indptr` };
  const footprints = sparseFootprints(source, paths, canvasOf(source, at, dims));
  const shape = source.numbers(`${A}/shape`, { dims: 1 }).data;
  const [pixels, units] = [dims[0]! * dims[1]!, footprints.length];
  if (shape.length === 2 && shape[0] === pixels && shape[1] === units) return footprints;
  throw source.malformed(
    `${A}/shape`,
    `is ${shape.join(" × ")}, where ${pixels} pixels (${at}) × ${units} units are needed`,
  );
}

/** None, as CaImAn saves it, or nothing at all. */
function isNone(source: H5Source, at: string): boolean {
  return source.text(at) !== null;
}

function part(source: H5Source, at: string): Part | null {
  if (source.kind(at) !== "dataset" || isNone(source, at)) return null;
  const shape = source.shapeOf(at);
  // Some versions save what was never computed as an empty list.
  if (shape.length === 1 && shape[0] === 0) return null;
  return { at, rows: source.numbers(at, { dims: 2 }) };
}

/** CaImAn keeps what it moved each frame by; an estimate says where the content was. */
const opposite = (part: Part | null): Part | null =>
  part && { at: part.at, rows: { ...part.rows, data: part.rows.data.map((shift) => -shift) } };
