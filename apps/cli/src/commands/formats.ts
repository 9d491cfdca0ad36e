// minisim export without a recording: the formats there are, and their settings.
import { formatNames, loadFormat } from "@minisim/interop";
import type { JsonSchema } from "@minisim/spec";
import { fieldsOf } from "@minisim/spec/fields";
import { z } from "zod";
import { columns, json, lines, wrap } from "../print.ts";
import type { Context } from "./context.ts";

export interface FormatsOptions {
  /** The one format to show. */
  readonly to?: string;
  readonly json?: boolean;
}

type Format = Awaited<ReturnType<typeof loadFormat>>;

export async function listFormats({ io, out }: Context, { to, json: asJson }: FormatsOptions) {
  const formats = await Promise.all((to === undefined ? formatNames : [to]).map(loadFormat));
  if (asJson) return json(io, formats.map(described));
  const settingRows = (settings: readonly Setting[]) =>
    settings.flatMap(({ setting, description, default: value }) =>
      wrap(
        `${setting}=${value === undefined ? "…" : JSON.stringify(value)}: ${description}`,
        74,
      ).map((line) => ["", out.dim(`  ${line}`)]),
    );
  const rows = formats
    .map(described)
    .flatMap((format) => [
      ...wrap(format.summary, 76).map((line, k) => [k === 0 ? out.bold(format.format) : "", line]),
      ...settingRows(format.settings),
      ...(format.reads_results ? [["", "score reads results:"]] : []),
      ...settingRows(format.read_settings),
    ]);
  lines(io, columns(rows));
}

interface Setting {
  readonly setting: string;
  readonly description: string;
  /** Absent where it is left out, or is told by something else. */
  readonly default?: unknown;
}

function described({ name, summary, writeSettings, readSettings, write, readEstimate }: Format) {
  return {
    format: name,
    summary,
    writes: write !== undefined,
    settings: settingsOf(writeSettings),
    reads_results: readEstimate !== undefined,
    read_settings: readEstimate ? settingsOf(readSettings) : [],
  };
}

function settingsOf(schema: Format["writeSettings"]): Setting[] {
  const fields = schema ? fieldsOf(z.toJSONSchema(schema, { io: "input" }) as JsonSchema) : [];
  return fields.map(({ name, description, default: value }) => ({
    ...{ setting: name, description },
    ...(value !== undefined && { default: value }),
  }));
}
