// Values of a spec that lie in files of their own: `{ file: PATH }` in place of a list, read before the spec is parsed. The parsed spec holds the
// content: its cache key sees it, and a recording carries it.
import type { z } from "zod";
import { isMinisimError, type Path } from "./error.ts";
import type { Issue } from "./issue.ts";
import type { StepSchema } from "./step-schema.ts";
import { isRecord } from "./structure.ts";
import type { FileContent } from "./units.ts";

/** A place in a spec where a file stands for the value. */
export interface FileReference {
  readonly path: Path;
  readonly content: FileContent;
  readonly file: string;
  /** Which array of the file, where it has several. */
  readonly dataset?: string;
}

export interface FilesRead {
  /** A copy of the spec with what the files hold in their places, null where one cannot be read. */
  readonly value: unknown;
  /** One for each file that cannot be read. */
  readonly issues: readonly Issue[];
}

/**
 * Reads all files that a spec, as written, refers to.
 * @param read the content of one; what it throws of the MinisimError family becomes an issue at the place of the reference
 */
export async function withFilesRead(
  written: unknown,
  steps: readonly StepSchema[],
  read: (reference: FileReference) => Promise<unknown>,
): Promise<FilesRead> {
  const references = fileReferences(written, steps);
  if (references.length === 0) return { value: written, issues: [] };
  const value = structuredClone(written) as { steps: Record<string, unknown>[] };
  const issues: Issue[] = [];
  for (const reference of references) {
    const [, index, field] = reference.path as ["steps", number, string];
    try {
      value.steps[index]![field] = await read(reference);
    } catch (error) {
      if (!isMinisimError(error)) throw error;
      // Nothing else is wrong with this place.
      value.steps[index]![field] = null;
      const message = `cannot be read: ${error.message}`;
      issues.push({ severity: "error", code: "file", path: reference.path, message });
    }
  }
  return { value, issues };
}

/** What the field takes from a file; defaults and the like are wrapped around what says so. */
function contentOf(field: z.ZodType | undefined): FileContent | undefined {
  for (let schema = field; schema; schema = (schema.def as { innerType?: z.ZodType }).innerType) {
    const content = schema.meta()?.file;
    if (content !== undefined) return content as FileContent;
  }
  return undefined;
}

function fileReferences(written: unknown, schemas: readonly StepSchema[]): FileReference[] {
  if (!isRecord(written) || !Array.isArray(written.steps)) return [];
  return written.steps.flatMap((step: unknown, index) => {
    if (!isRecord(step)) return [];
    const schema = schemas.find(({ kind }) => kind === step.kind);
    return Object.entries(step).flatMap(([field, value]) => {
      const content = contentOf(schema?.params.shape[field]);
      const isReference = isRecord(value) && typeof value.file === "string";
      if (content === undefined || !isReference) return [];
      const { file, dataset, ...others } = value as { file: string; dataset?: unknown };
      if (Object.keys(others).length > 0) return [];
      const array = typeof dataset === "string" ? { dataset } : {};
      return [{ path: ["steps", index, field], content, file, ...array }];
    });
  });
}
