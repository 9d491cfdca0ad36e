// A page for each interchange format: its README, and the settings with which it is written and read.
import { formatNames, loadFormat } from "@minisim/interop";
import type { JsonSchema } from "@minisim/spec";
import { fieldsOf } from "@minisim/spec/fields";
import { z } from "zod";
import { fieldsText } from "./fields.ts";
import { type Found, siteLinks } from "./links.ts";
import type { Page } from "./page.ts";
import { block, code, plain, table, withoutTitle } from "./prose.ts";
import { textOf } from "./repository.ts";

type Format = Awaited<ReturnType<typeof loadFormat>>;

export async function formatPages(found: Found): Promise<Page[]> {
  const formats = await Promise.all(formatNames.map(loadFormat));
  return formats.map((format) => formatPage(format, found));
}

/** A row of each, for the page that lists them. */
export async function formatTable(): Promise<string> {
  const formats = await Promise.all(formatNames.map(loadFormat));
  return table(
    ["format", "written", "results read", "what it is"],
    formats.map((format) => [
      `[${code(format.name)}](/formats/${format.name}.md)`,
      format.write ? "yes" : "",
      format.readEstimate ? "yes" : "",
      plain(format.summary),
    ]),
  );
}

function formatPage(format: Format, found: Found): Page {
  const { name, summary, write, readEstimate, writeSettings, readSettings, extension } = format;
  const readme = `packages/interop/src/${name.replaceAll("_", "-")}/README.md`;
  const { body } = withoutTitle(siteLinks(textOf(readme), readme, found));
  const facts = [write && "written", readEstimate && "results are read"].filter(Boolean);
  const file = `recording${extension ?? ""}`;
  const text = [
    `# ${code(name)}`,
    `<p class="facts">${facts.join('<span aria-hidden="true"> · </span>')}</p>`,
    plain(summary),
    ...(write
      ? [
          "## Write it",
          block("text", `minisim export recording.zarr --to ${name} -o ${file}`),
          settings("export", writeSettings),
        ]
      : []),
    ...(readEstimate
      ? [
          "## Score results of it",
          block("text", `minisim score recording.zarr RESULTS --format ${name}`),
          settings("score", readSettings),
        ]
      : []),
    "## The layout",
    body,
  ];
  return { path: `formats/${name}.md`, title: name, description: summary, text: text.join("\n\n") };
}

function settings(command: string, schema: Format["writeSettings"]): string {
  const fields = schema ? fieldsOf(z.toJSONSchema(schema, { io: "input" }) as JsonSchema) : [];
  if (fields.length === 0) return "It has no settings.";
  return `Settings, as \`--option name=value\` of \`minisim ${command}\`:\n\n${fieldsText(fields, 3)}`;
}
