// Reads the sources of the functions that run, by the inspector of V8: what watching calls does not see. That is the operator **, and what a
// module does when it is loaded (`const { exp } = Math`, `const LN2 = Math.log(2)`).
import { type Debugger, type Profiler, Session } from "node:inspector";
import { SourceMap, type SourceMapping } from "node:module";
import { type Node, parse } from "acorn";
import { ancestor } from "acorn-walk";
import { type EngineUse, isEngineMath } from "./engine-names.ts";
import { shortPath } from "./node-watch.ts";

interface Script {
  readonly url: string;
  readonly source: string;
  readonly functions: readonly Profiler.FunctionCoverage[];
}

/** Runs `run`; what stands in the code that ran, and in the modules that this code is from. */
export function writtenInWhatRuns(run: () => void): EngineUse[] {
  return scriptsDuring(run).flatMap(usesIn);
}

/** The scripts of which a function ran. The session is of this thread, so that its answers are there at once. */
function scriptsDuring(run: () => void): Script[] {
  const session = new Session();
  session.connect();
  const ask = (method: string, parameters = {}): unknown => {
    let answer: unknown;
    session.post(method, parameters, (error, result) => {
      if (error) throw new Error(`${method}: ${error.message}`);
      answer = result;
    });
    return answer;
  };
  try {
    ask("Debugger.enable");
    ask("Profiler.enable");
    ask("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
    run();
    const { result } = ask(
      "Profiler.takePreciseCoverage",
    ) as Profiler.TakePreciseCoverageReturnType;
    return result.flatMap(({ url, scriptId, functions }) => {
      if (url === "" || url.startsWith("node:") || url.startsWith("wasm:")) return [];
      if (!functions.some(({ ranges }) => ranges[0]!.count > 0)) return [];
      const got = ask("Debugger.getScriptSource", { scriptId });
      return [{ url, source: (got as Debugger.GetScriptSourceReturnType).scriptSource, functions }];
    });
  } finally {
    ask("Profiler.stopPreciseCoverage");
    ask("Profiler.disable");
    ask("Debugger.disable");
    session.disconnect();
  }
}

function usesIn({ url, source, functions }: Script): EngineUse[] {
  if (!/\*\*|\bMath\b|\bDate\b/.test(source)) return [];
  const uses: EngineUse[] = [];
  const placeIn = placer(url, source);
  const tree = parse(source, {
    ecmaVersion: "latest",
    sourceType: "module",
    allowReturnOutsideFunction: true,
    allowHashBang: true,
  });
  ancestor(tree, {
    BinaryExpression(node, _, above) {
      if (node.operator === "**" && !isPowerOfTwo(node.left)) note("**", node, above);
    },
    AssignmentExpression(node, _, above) {
      if (node.operator === "**=") note("**=", node, above);
    },
    MemberExpression(node, _, above) {
      const { object, property } = node;
      if (object.type !== "Identifier" || property.type !== "Identifier") return;
      if (object.name === "Math" && (isEngineMath(property.name) || property.name === "random")) {
        note(`Math.${property.name}`, node, above);
      }
      if (object.name === "Date" && property.name === "now") note("Date", node, above);
    },
    VariableDeclarator({ id, init }, _, above) {
      if (init?.type !== "Identifier" || init.name !== "Math" || id.type !== "ObjectPattern")
        return;
      for (const part of id.properties) {
        if (part.type !== "Property" || part.key.type !== "Identifier") continue;
        if (isEngineMath(part.key.name)) note(`Math.${part.key.name}`, part, above);
      }
    },
  });
  return uses;

  function note(what: string, node: Node, above: readonly Node[]): void {
    const atLoading = !above.some((one) => /Function/.test(one.type) && one.start > WRAPPED_WITHIN);
    if (atLoading || hasRun(functions, node.start)) uses.push({ what, place: placeIn(node.start) });
  }
}

// Vitest puts a module into a function, which begins within so many letters of the script's beginning.
const WRAPPED_WITHIN = 20;

/** Powers of two, as far as anybody writes them: with a whole exponent they are exact everywhere. */
const isPowerOfTwo = (node: Node & { readonly value?: unknown }): boolean =>
  typeof node.value === "number" && [2, 4, 8, 16, 256].includes(node.value);

/** Whether the code at this place ran: what the innermost range around it counted. */
function hasRun(functions: Script["functions"], at: number): boolean {
  const around = functions
    .flatMap(({ ranges }) => ranges)
    .filter(({ startOffset, endOffset }) => startOffset <= at && at < endOffset)
    .sort((a, b) => a.endOffset - a.startOffset - (b.endOffset - b.startOffset));
  return (around[0]?.count ?? 0) > 0;
}

const MAP = /\/\/# sourceMappingURL=data:application\/json[^,]*;base64,([\w+/=]+)/g;

/** Tells the file, line and column of a place in a script: those of its source, where a map is written at its end. */
function placer(url: string, source: string): (at: number) => string {
  const [, encoded] = [...source.matchAll(MAP)].at(-1) ?? [];
  const map = encoded
    ? new SourceMap(JSON.parse(Buffer.from(encoded, "base64").toString("utf8")))
    : null;
  return (at) => {
    const lines = source.slice(0, at).split("\n");
    const [row, column] = [lines.length - 1, lines.at(-1)!.length];
    const entry = map?.findEntry(row, column) as Partial<SourceMapping> | undefined;
    const [line, letter] = [entry?.originalLine ?? row, entry?.originalColumn ?? column];
    return `${shortPath(url)}:${line + 1}:${letter + 1}`;
  };
}
