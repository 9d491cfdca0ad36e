// minisim export without a recording: the formats there are, and their settings.
import { formatNames, loadFormat } from "@minisim/interop";
import { columns, json, lines, wrap } from "../print.ts";
import type { Context } from "./context.ts";

export interface FormatsOptions {
  /** The one format to show. */
  readonly to?: string;
  readonly json?: boolean;
}

export async function listFormats({ io, out }: Context, { to, json: asJson }: FormatsOptions) {
  const names = to === undefined ? formatNames : [to];
  const formats = (await Promise.all(names.map(loadFormat))).filter(({ write }) => write);
  const settings = formats.map(({ writeSettings }) =>
    Object.entries(writeSettings?.shape ?? {}).map(([setting, schema]) => ({
      setting,
      description: (schema as { description?: string }).description ?? "",
    })),
  );
  if (asJson) {
    return json(
      io,
      formats.map(({ name: format, summary }, i) => ({ format, summary, settings: settings[i] })),
    );
  }
  const rows = formats.flatMap(({ name: format, summary }, i) => [
    ...wrap(summary, 76).map((line, k) => [k === 0 ? out.bold(format) : "", line]),
    ...settings[i]!.flatMap(({ setting, description }) =>
      wrap(`${setting}=…  ${description}`, 74).map((line) => ["", out.dim(`  ${line}`)]),
    ),
  ]);
  lines(io, columns(rows));
}
