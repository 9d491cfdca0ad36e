// The part of a source that holds the numbers of one thing, with the remarks beside them: where each number comes from is said there.
import { block } from "./prose.ts";
import { textOf } from "./repository.ts";

/** The entry `name: {…},` of a table in the source. @throws Error where there is none. */
export function sourceExcerpt(file: string, name: string): string {
  const lines = textOf(file).split("\n");
  const start = lines.indexOf(`  ${name}: {`);
  const end = lines.findIndex((line, i) => i > start && line.startsWith("  },"));
  if (start < 0 || end < 0) throw new Error(`${file} has no entry "${name}".`);
  let first = start;
  while (lines[first - 1]!.startsWith("  //")) first -= 1;
  const excerpt = lines.slice(first, end + 1).map((line) => line.slice(2));
  return block("ts", excerpt.join("\n"));
}
