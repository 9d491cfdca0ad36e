// What every reader has in common: settings are checked, footprints brought to the recording's orientation, and what was decided on
// the way is kept with the estimate.
import type { Estimate, Footprints, Patch, Rows } from "@minisim/scoring";
import type { z } from "zod";
import type { Format } from "./contract.ts";
import { InteropError } from "./error.ts";
import { Reading } from "./reading.ts";
import { parseSettings } from "./settings.ts";

/** `read` gets complete settings. */
export function readerOf<Schema extends z.ZodObject>(
  name: string,
  schema: Schema,
  read: (path: string, settings: z.output<Schema>, reading: Reading) => Promise<Estimate>,
): NonNullable<Format["readEstimate"]> {
  return async (path, options = {}) => {
    const settings = parseSettings(name, schema, options.settings);
    const reading = new Reading(options.recording);
    const estimate = turnedToField(await read(path, settings, reading), reading);
    requireLight(estimate.footprints, path);
    return { ...estimate, notes: reading.notes };
  };
}

/** A tool that was given the movie with rows and columns exchanged gives all its results so. */
function turnedToField(estimate: Estimate, reading: Reading): Estimate {
  const { canvas } = estimate.footprints;
  if (!reading.fitsExchanged(canvas)) return estimate;
  const { height, width } = canvas;
  reading.note(
    `The images are ${height} × ${width} px, those of the recording ${width} × ${height}: rows and columns were exchanged${estimate.shifts ? ", in the shifts, too" : ""}.`,
  );
  return {
    ...estimate,
    footprints: exchanged(estimate.footprints),
    shifts: estimate.shifts && exchangedPairs(estimate.shifts),
    ...(estimate.patch_shifts && {
      patch_shifts: {
        patches: exchangedPairs(estimate.patch_shifts.patches),
        shifts: exchangedPairs(estimate.patch_shifts.shifts),
      },
    }),
    ...(estimate.background_light && {
      background_light: {
        ...estimate.background_light,
        spatial: exchangedImages(estimate.background_light.spatial),
      },
    }),
    ...(estimate.mean_image && { mean_image: exchangedImages(estimate.mean_image) }),
  };
}

function exchanged(footprints: Footprints): Footprints {
  const { canvas, length } = footprints;
  return {
    canvas: { height: canvas.width, width: canvas.height },
    length,
    at: (index) => exchangedPatch(footprints.at(index)),
  };
}

function exchangedPatch({ row, col, height, width, data }: Patch): Patch {
  const turned = new Float64Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) turned[x * height + y] = data[y * width + x]!;
  }
  return { row: col, col: row, height: width, width: height, data: turned };
}

/** (dy, dx), or (row, column, height, width). */
function exchangedPairs({ shape, data }: Rows): Rows {
  return { shape, data: data.map((_, i) => data[i ^ 1]!) };
}

/** The last two axes. */
function exchangedImages({ shape, data }: Rows): Rows {
  const [height, width] = shape.slice(-2) as [number, number];
  const size = height * width;
  const turned = data.map((_, k) => {
    const [image, p] = [k - (k % size), k % size];
    return data[image + (p % height) * width + Math.floor(p / height)]!;
  });
  return { shape: [...shape.slice(0, -2), width, height], data: turned };
}

/** A file of nothing but dark footprints holds no result: it is damaged, or not what it is taken for. */
function requireLight(footprints: Footprints, path: string): void {
  const { length } = footprints;
  if (length === 0) return;
  for (let i = 0; i < length; i++) {
    const { data } = footprints.at(i);
    for (let k = 0; k < data.length; k++) if (data[k]! > 0 && data[k]! < Infinity) return;
  }
  throw new InteropError(
    "malformed",
    `${path}: none of the ${length} footprints has any light; their values are zero, negative or not finite.`,
  );
}
