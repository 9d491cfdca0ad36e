// Reads a pipeline's results from a path, of whatever format its content shows.
import type { Estimate } from "@minisim/scoring";
import type { Format, ReadOptions } from "./contract.ts";
import { InteropError } from "./error.ts";
import { formatNames, loadFormat } from "./registry.ts";
import { kindAt } from "./regular-file.ts";

export interface ReadEstimateOptions extends ReadOptions {
  /** One of ours by name, or one of somebody else's by value; found by the content where absent. */
  readonly format?: string | Format;
}

/**
 * The results at `path` as an estimate to score. Only regular files and folders are opened.
 * @throws InteropError "missing", "unsupported" that lists the formats that were tried, "malformed".
 */
export async function readEstimate(
  path: string,
  { format: asked, ...options }: ReadEstimateOptions = {},
): Promise<Estimate> {
  if ((await kindAt(path)) === null) {
    throw new InteropError("missing", `There is nothing at ${path}.`);
  }
  const format =
    typeof asked === "string" ? await loadFormat(asked) : (asked ?? (await detectFormat(path)));
  if (!format.readEstimate) {
    throw new InteropError(
      "unsupported",
      `${path}: the format ${format.name} holds no results that are read; results come from ${(await readable()).map((known) => known.name).join(", ")}.`,
    );
  }
  return { ...(await format.readEstimate(path, options)), source: path };
}

/** The first format that knows the content. @throws InteropError "unsupported" that lists what was tried. */
export async function detectFormat(path: string): Promise<Format> {
  const tried = await readable();
  for (const format of tried) if (await format.detect?.(path)) return format;
  const names = tried.map(({ name }) => name).join(", ");
  throw new InteropError(
    "unsupported",
    `${path} is in none of the formats that results are read from (tried ${names}); name the format if it is one of them.`,
  );
}

/** The formats that results are read from. */
async function readable(): Promise<Format[]> {
  const formats = await Promise.all(formatNames.map(loadFormat));
  return formats.filter((format) => format.readEstimate);
}
