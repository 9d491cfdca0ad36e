// minisim migrate: a spec of the first edition in today's words, and a line for each thing that was converted.
import { resolve } from "node:path";
import { sealText, writeSmallFile } from "@minisim/output";
import { stringify } from "yaml";
import { Failure } from "../failure.ts";
import { simulatorWith } from "../plugins.ts";
import { readSource, type Source } from "../spec-file.ts";
import type { Context } from "./context.ts";

export interface MigrateOptions {
  readonly output?: string;
  readonly force?: boolean;
  readonly plugin: readonly string[];
}

/** What migrated specs are sealed as. */
const KIND = "spec";

/** @throws Failure that lists everything that keeps the spec from being converted, or from being valid then. */
export async function migrate(
  { io, err }: Context,
  source: string,
  { output, force, plugin }: MigrateOptions,
): Promise<void> {
  const { Spec } = await simulatorWith(plugin, io);
  const document = await readSource(source, io.cwd, io.signal);
  const { spec, changes } = Spec.migrate(document.value);
  const parsed = Spec.safeParse(spec);
  const failed = changes.filter(({ severity }) => severity === "error");
  const errors = failed.length > 0 ? failed : parsed.ok ? [] : parsed.issues;
  if (errors.length > 0) throw new Failure(errors.map(document.messageOf).join("\n"));

  const text = textOf(spec, document);
  if (output === undefined) io.stdout.write(text);
  else {
    // JSON has no comments, so nothing says that such a file is ours, and it is never replaced.
    const sealed = document.syntax === "json" ? text : sealText(text, KIND, "yaml");
    await writeSmallFile(resolve(io.cwd, output), sealed, { kind: KIND, force });
  }
  const lines = changes.map((change) => document.messageOf(change).replace("warning: ", ""));
  const nothing = [`${source} is of today's edition: nothing was converted.`];
  for (const line of lines.length > 0 ? lines : nothing) io.stderr.write(`${line}\n`);
  if (output !== undefined) io.stderr.write(`${err.dim("wrote")} ${output}\n`);
}

function textOf(spec: unknown, { syntax }: Source): string {
  return syntax === "json"
    ? `${JSON.stringify(spec, null, 2)}\n`
    : stringify(spec, { lineWidth: 0 });
}
