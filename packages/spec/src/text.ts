// @minisim/spec/text: reads a spec from YAML or JSON text, and says where in the text a field stands.
import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  Parser,
  visit,
} from "yaml";
import { MinisimError, type Path } from "./error.ts";
import { formatIssue, type Issue } from "./issue.ts";

/** A place in a text; both count from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface SpecDocument {
  /** How messages call the text: a file name, mostly. */
  readonly name: string;
  /** The JSON data, unvalidated. */
  readonly value: unknown;
  /** Where the field (its name) or the list item at `path` stands; undefined if the text does not have it. */
  locate(path: Path): Position | undefined;
}

/** The text is not YAML or JSON; the message starts with `name:line:column`. */
export class SpecTextError extends MinisimError {
  override readonly name = "SpecTextError";
  readonly kind = "text";
  readonly code = "malformed";
  readonly line: number;
  readonly column: number;

  constructor(file: string, { line, column }: Position, sentence: string) {
    super(`${file}:${line}:${column}  ${sentence}`, [{ message: sentence }]);
    this.line = line;
    this.column = column;
  }
}

interface Problem {
  readonly offset: number;
  readonly sentence: string;
}

/**
 * Reads one YAML 1.2 document, of which JSON is a part. Anchors work; tags do not; a key may occur once.
 * Throws a SpecTextError at the first problem.
 */
export function readSpecText(text: string, options: { readonly name: string }): SpecDocument {
  const { name } = options;
  const lines = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const refuse = ({ offset, sentence }: Problem): never => {
    throw new SpecTextError(name, at(offset), sentence);
  };

  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const tooDeep = deepToken(tokens);
  if (tooDeep)
    refuse({ offset: tooDeep.offset, sentence: "this is nested too deeply for a spec." });
  // Without known tags, `!!set` and `!!binary` are as unknown as any other tag.
  const composer = new Composer({ schema: "core", resolveKnownTags: false, logLevel: "error" });
  const [first, second] = composer.compose(tokens, true, text.length);
  const document = first!; // an empty text is an empty document
  const problem = syntaxProblem(document, second) ?? aliasProblem(document);
  if (problem) refuse(problem);
  return {
    name,
    value: dataOf(document, refuse),
    locate: (path) => {
      const offset = offsetOf(document, path);
      return offset === undefined ? undefined : at(offset);
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
  return { line: 1, column: 1 };
}

/** A token nested deeper than any spec goes: the composer is recursive, and a thousand brackets exhaust its stack. */
function deepToken(tokens: readonly CST.Token[]): CST.Token | undefined {
  const open = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > 100) return token;
    const items = "items" in token ? token.items : [];
    const children = items.flatMap((item) => [item.key, item.value]);
    if (token.type === "document") children.push(token.value);
    for (const child of children) if (child) open.push({ token: child, depth: depth + 1 });
  }
  return undefined;
}

function syntaxProblem(document: Document, second: Document | undefined): Problem | undefined {
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem !== undefined) {
    const offset = problem.pos[0];
    if (problem.code === "DUPLICATE_KEY") {
      return { offset, sentence: "this key occurs twice in its map." };
    }
    const end = /[.?!]$/.test(problem.message) ? "" : ".";
    return { offset, sentence: `${problem.message}${end}` };
  }
  if (second === undefined) return undefined;
  return {
    offset: second.range?.[0] ?? 0,
    sentence: "a spec is one document; a second one starts here.",
  };
}

function aliasProblem(document: Document): Problem | undefined {
  let problem: Problem | undefined;
  visit(document, {
    Alias(_key, alias, ancestors) {
      const anchored = alias.resolve(document);
      const offset = alias.range?.[0] ?? 0;
      if (anchored === undefined) {
        problem = { offset, sentence: `no anchor above is called "${alias.source}".` };
      } else if (ancestors.includes(anchored)) {
        problem = { offset, sentence: `the alias "${alias.source}" is inside its own anchor.` };
      }
      return problem && visit.BREAK;
    },
  });
  return problem;
}

function dataOf(document: Document, refuse: (problem: Problem) => never): unknown {
  try {
    // yaml stops at 100 expansions of aliases that contain aliases, before a small text becomes a huge value.
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return refuse({ offset: 0, sentence: "too many aliases that contain aliases." });
  }
}

function offsetOf(document: Document, path: Path): number | undefined {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0];
  for (const segment of path) {
    const holder = isAlias(node) ? node.resolve(document) : node;
    if (isMap(holder)) {
      const pair = holder.items.find(({ key }) => isScalar(key) && String(key.value) === segment);
      if (pair === undefined) return undefined;
      offset = startOf(pair.key);
      node = pair.value;
    } else if (isSeq(holder) && typeof segment === "number") {
      node = holder.items[segment];
      offset = startOf(node);
      if (offset === undefined) return undefined;
    } else {
      return undefined;
    }
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
