// YAML 1.2, of which JSON is a part, as one document. Anchors work; tags do not; a key may occur once.
import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  Parser,
  visit,
  type YAMLMap,
} from "yaml";
import type { Path } from "./error.ts";
import { excerpt } from "./excerpt.ts";
import { type Position, SpecTextError, type SpecTextErrorCode } from "./text-error.ts";
import { MOST_YAML_TOKENS } from "./text-size.ts";

/** More lists and maps inside each other than any spec has. Parser and composer are recursive: thousands exhaust their stack. */
export const MOST_DEPTH = 100;

export interface YamlDocument {
  value(): unknown;
  /** Where the field (its name) or the list item at `path` stands; undefined if the text does not have it. */
  locate(path: Path): Position | undefined;
}

interface Problem {
  readonly offset: number;
  readonly sentence: string;
  readonly code?: SpecTextErrorCode;
}

/** @throws SpecTextError at the first problem. */
export function readYaml(name: string, text: string, mostTokens = MOST_YAML_TOKENS): YamlDocument {
  const lines = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const refuse = ({ offset, sentence, code }: Problem): never => {
    throw new SpecTextError(name, at(offset), excerpt(sentence, 300), code);
  };
  const tokens = parse(text, { lines, mostTokens, refuse });
  const [first, second] = compose(tokens, text.length);
  const document = first!; // an empty text is an empty document
  const problem = syntaxProblem(document, second) ?? meaningProblem(document);
  if (problem) refuse(problem);
  return {
    value: () => dataOf(document, refuse),
    locate(path) {
      const offset = offsetOf(document, path);
      return offset === undefined ? undefined : at(offset);
    },
  };
}

/** The first two documents: a second one is one too many. */
function compose(tokens: CST.Token[], length: number): Document[] {
  // Without known tags, `!!set` and `!!binary` are as any other tag.
  const composer = new Composer({
    schema: "core",
    resolveKnownTags: false,
    logLevel: "error",
    // Compared pair by pair, a hundred thousand keys take minutes.
    uniqueKeys: false,
  });
  // A text can have a million errors, each of which would trace the stack.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    const found: Document[] = [];
    for (const document of composer.compose(tokens, true, length)) {
      if (found.push(document) === 2) break;
    }
    return found;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

interface Limits {
  readonly lines: LineCounter;
  readonly mostTokens: number;
  readonly refuse: (problem: Problem) => never;
}

/** What Parser.parse does, but for the limits, which have to hold while it runs. */
function parse(text: string, { lines, mostTokens, refuse }: Limits): CST.Token[] {
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  let count = 0;
  lines.addNewLine(0);
  for (const source of new Lexer().lex(text)) {
    tokens.push(...parser.next(source));
    count += 1;
    const { offset } = parser;
    if (parser.stack.length > MOST_DEPTH) {
      refuse({ offset, sentence: "this is nested too deeply for a spec." });
    }
    if (count > mostTokens) {
      const sentence = `this is too long for YAML (${mostTokens} words and signs up to here); as JSON it could be read.`;
      refuse({ offset, sentence, code: "too_large" });
    }
  }
  tokens.push(...parser.end());
  return tokens;
}

function syntaxProblem(document: Document, second: Document | undefined): Problem | undefined {
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem !== undefined) {
    const end = /[.?!]$/.test(problem.message) ? "" : ".";
    return { offset: problem.pos[0], sentence: `${problem.message}${end}` };
  }
  if (second === undefined) return undefined;
  return {
    offset: second.range?.[0] ?? 0,
    sentence: "a spec is one document; a second one starts here.",
  };
}

/** What stands in the text in the right way and has no meaning: a key twice, an alias of nothing. One pass, whatever their number. */
function meaningProblem(document: Document): Problem | undefined {
  const anchors = new Map<string, Node>();
  let problem: Problem | undefined;
  visit(document, {
    Alias(_key, alias, ancestors) {
      const offset = alias.range?.[0] ?? 0;
      const name = excerpt(alias.source);
      if (!anchors.has(alias.source)) {
        problem = { offset, sentence: `no anchor above is called "${name}".` };
      } else if (ancestors.some((node) => node === anchors.get(alias.source))) {
        problem = { offset, sentence: `the alias "${name}" is inside its own anchor.` };
      }
      return problem && visit.BREAK;
    },
    Value(_key, node) {
      if (node.anchor) anchors.set(node.anchor, node);
      if (isMap(node)) problem = repeatedKey(node);
      return problem && visit.BREAK;
    },
  });
  return problem;
}

function repeatedKey({ items }: YAMLMap): Problem | undefined {
  const seen = new Set<string>();
  for (const { key } of items) {
    if (!isScalar(key)) continue;
    const name = String(key.value);
    if (seen.has(name)) {
      return { offset: key.range?.[0] ?? 0, sentence: "this key occurs twice in its map." };
    }
    seen.add(name);
  }
  return undefined;
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
