// An adapter: a folder with a pipeline.yaml, a script, and what the script needs. Ours by name, anybody's by its path.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { formatNames, loadFormat } from "@minisim/interop";
import { excerpt, isMinisimError, type Path } from "@minisim/spec";
import { readSpecFileSync } from "@minisim/spec/node";
import { didYouMean } from "@minisim/spec/suggest";
import { formatIssues, readSpecText, type SpecDocument } from "@minisim/spec/text";
import type { z } from "zod";
import { digestOf } from "./adapter-files.ts";
import { type AdapterDocument, adapterSchema } from "./adapter-schema.ts";
import { builtinFolder, builtinNames } from "./builtin.ts";
import { PipelineError } from "./error.ts";

export interface Adapter extends AdapterDocument {
  readonly folder: string;
  /** One of those that come with this package. */
  readonly isBuiltin: boolean;
  /** Of all its files: results of another adapter are not reused. */
  readonly sha256: string;
}

const FILES = ["pipeline.yaml", "pipeline.json"];

/**
 * The adapter of a built-in name, or of a folder.
 * @throws PipelineError "unknown"; "adapter" that lists all that is wrong with the folder, with line and column.
 */
export async function loadAdapter(
  source: string,
  { cwd = process.cwd() }: { readonly cwd?: string } = {},
): Promise<Adapter> {
  const isBuiltin = builtinNames().includes(source);
  const folder = isBuiltin ? builtinFolder(source) : resolve(cwd, source);
  const file = FILES.map((name) => join(folder, name)).find(existsSync);
  if (file === undefined) throw noAdapter(source, folder);
  const name = isBuiltin ? file : join(source, file.slice(folder.length + 1));
  const document = read(file, name);
  const result = adapterSchema.safeParse(document.value);
  const problems = result.success
    ? await misfits(result.data, folder)
    : result.error.issues.flatMap((issue) => problemsOf(issue));
  if (problems.length > 0 || !result.success) throw invalid(problems, document);
  return { ...result.data, folder, isBuiltin, sha256: digestOf(folder, source) };
}

interface Misfit {
  readonly path: Path;
  readonly message: string;
}

function noAdapter(source: string, folder: string): PipelineError {
  const names = builtinNames();
  const why = existsSync(folder)
    ? `the folder ${source} has no ${FILES[0]}, so it is no pipeline.`
    : `"${excerpt(source)}" is neither a pipeline nor a folder.${didYouMean(source, names)} The pipelines are ${names.join(", ")}.`;
  return new PipelineError("unknown", [why]);
}

function read(file: string, name: string): SpecDocument {
  try {
    return readSpecText(readSpecFileSync(file, { name }), { name });
  } catch (error) {
    if (!isMinisimError(error)) throw error;
    throw new PipelineError("adapter", [error.message]);
  }
}

function invalid(problems: readonly Misfit[], document: SpecDocument): PipelineError {
  const lines = problems.map(
    ({ path, message }) =>
      formatIssues([{ severity: "error", code: "", path, message }], document)[0]!,
  );
  return new PipelineError("adapter", lines, "the adapter is not valid.");
}

function problemsOf(issue: z.core.$ZodIssue): Misfit[] {
  const path = issue.path.map((part) => (typeof part === "number" ? part : String(part)));
  if (issue.code === "unrecognized_keys") {
    const known = path.length === 0 ? Object.keys(adapterSchema.shape) : [];
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: `unknown field.${didYouMean(key, known)}`,
    }));
  }
  if (issue.code === "invalid_union") {
    const told = issue.errors.find((one) => one.length > 0 && one.every((e) => e.path.length > 0));
    if (told) return told.flatMap((e) => problemsOf({ ...e, path: [...issue.path, ...e.path] }));
  }
  if (issue.code === "invalid_key") {
    return [{ path, message: "must be a name of letters, digits and _." }];
  }
  return [{ path, message: `${issue.message}.` }];
}

/** What the schema cannot see: formats that are not there, and files. */
async function misfits({ run, reads, writes }: AdapterDocument, folder: string): Promise<Misfit[]> {
  const found: Misfit[] = [];
  const check = async (path: Path, name: string, can: "write" | "readEstimate") => {
    const formats = await Promise.all(formatNames.map(loadFormat));
    const able = formats.filter((format) => format[can]).map((format) => format.name);
    if (able.includes(name)) return;
    const message = `"${name}" is no such format.${didYouMean(name, able)} They are ${able.join(", ")}.`;
    found.push({ path, message });
  };
  await check(["reads"], reads, "write");
  await check(["writes", "format"], writes.format, "readEstimate");
  if (!("python" in run)) return found;
  for (const field of ["script", "requirements"] as const) {
    const name = run[field];
    if (name === undefined || existsSync(join(folder, name))) continue;
    found.push({ path: ["run", field], message: `there is no file ${name} in the folder.` });
  }
  return found;
}
