// @minisim/spec/text: reads a spec from YAML or JSON text, and says where in the text a field stands.
import type { Path } from "./error.ts";
import { formatIssue, type Issue } from "./issue.ts";
import { type Position, positionIn, START } from "./text-error.ts";
import { jsonOffset, jsonValue } from "./text-json.ts";
import { MOST_TEXT_BYTES, tooLarge } from "./text-size.ts";
import { MOST_DEPTH, readYaml } from "./text-yaml.ts";

export { decodeSpecText } from "./text-encoding.ts";
export { type Position, SpecTextError, type SpecTextErrorCode } from "./text-error.ts";

export interface SpecDocument {
  /** How messages call the text: a file name, mostly. */
  readonly name: string;
  /** The JSON data, unvalidated. */
  readonly value: unknown;
  /** Where the field (its name) or the list item at `path` stands; undefined if the text does not have it. */
  locate(path: Path): Position | undefined;
}

/**
 * Reads one YAML 1.2 document, of which JSON is a part. Anchors work; tags do not; a key may occur once.
 * @throws SpecTextError at the first problem: what is not YAML, nested more than 100 deep, or larger than any spec.
 */
export function readSpecText(text: string, { name }: { readonly name: string }): SpecDocument {
  if (text.length > MOST_TEXT_BYTES) throw tooLarge(name);
  const json = jsonValue(text, MOST_DEPTH);
  if (json === undefined) {
    const yaml = readYaml(name, text);
    return { name, value: yaml.value(), locate: yaml.locate };
  }
  return {
    name,
    value: json.value,
    locate(path) {
      const offset = jsonOffset(text, path);
      return offset === undefined ? undefined : positionIn(text, offset);
    },
  };
}

/** One line per issue: `name:line:column  path: sentence`. What is missing is reported where it should be. */
export function formatIssues(issues: readonly Issue[], document: SpecDocument): string[] {
  return issues.map((issue) => {
    const { line, column } = nearest(document, issue.path);
    const mark = issue.severity === "warning" ? "warning: " : "";
    return `${document.name}:${line}:${column}  ${mark}${formatIssue(issue)}`;
  });
}

function nearest(document: SpecDocument, path: Path): Position {
  for (let length = path.length; length >= 0; length--) {
    const position = document.locate(path.slice(0, length));
    if (position !== undefined) return position;
  }
  return START;
}
