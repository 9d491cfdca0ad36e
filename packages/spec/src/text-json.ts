// JSON as JSON: a long list of numbers is read a hundred times faster than as YAML, which gives the same value.
import type { Path } from "./error.ts";

/**
 * The value of a JSON text; undefined for a text that is not JSON, and for one that the reader of YAML has something to say about: a
 * key that occurs twice, or more than `mostDepth` lists and objects inside each other.
 */
export function jsonValue(
  text: string,
  mostDepth: number,
): { readonly value: unknown } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return countKeys(value, mostDepth) === keysWritten(text) ? { value } : undefined;
}

/** All keys of all objects; NaN for what is nested too deeply. */
function countKeys(value: unknown, mostDepth: number): number {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  let keys = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    if (typeof next.value !== "object" || next.value === null) continue;
    if (next.depth === mostDepth) return Number.NaN;
    const inside = Object.values(next.value);
    if (!Array.isArray(next.value)) keys += inside.length;
    for (const one of inside) {
      if (typeof one === "object") open.push({ value: one, depth: next.depth + 1 });
    }
  }
  return keys;
}

/** Strings with a colon behind them. */
function keysWritten(text: string): number {
  let keys = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at)) {
    at = stringEnd(text, at);
    if (text[afterSpace(text, at)] === ":") keys += 1;
  }
  return keys;
}

/** Where the field (its name) or the list item at `path` stands in a JSON text; undefined if the text does not have it. */
export function jsonOffset(text: string, path: Path): number | undefined {
  let value = afterSpace(text, 0);
  let own = value;
  for (const segment of path) {
    const found = text[value] === "{" ? field(text, value, segment) : item(text, value, segment);
    if (found === undefined) return undefined;
    [own, value] = found;
  }
  return own;
}

type Place = readonly [own: number, value: number];

function field(text: string, start: number, name: string | number): Place | undefined {
  let own = afterSpace(text, start + 1);
  while (text[own] === '"') {
    const end = stringEnd(text, own);
    const value = afterSpace(text, afterSpace(text, end) + 1);
    if (JSON.parse(text.slice(own, end)) === name) return [own, value];
    own = afterSpace(text, afterSpace(text, valueEnd(text, value)) + 1);
  }
  return undefined;
}

function item(text: string, start: number, index: string | number): Place | undefined {
  if (text[start] !== "[" || typeof index !== "number") return undefined;
  let value = afterSpace(text, start + 1);
  if (text[value] === "]") return undefined;
  for (let i = 0; i < index; i++) {
    const end = afterSpace(text, valueEnd(text, value));
    if (text[end] === "]") return undefined;
    value = afterSpace(text, end + 1);
  }
  return [value, value];
}

/** Behind the value that begins at `start`. */
function valueEnd(text: string, start: number): number {
  const signs = /["[\]{},]/g;
  signs.lastIndex = start;
  let depth = 0;
  for (let sign = signs.exec(text); sign; sign = signs.exec(text)) {
    const [letter] = sign;
    if (letter === '"') signs.lastIndex = stringEnd(text, sign.index);
    else if (letter === "[" || letter === "{") depth += 1;
    else if (depth === 0) return sign.index;
    else if (letter !== ",") depth -= 1;
    if (depth === 0 && letter !== ",") return signs.lastIndex;
  }
  return text.length;
}

/** Behind the string that begins at `start`. */
function stringEnd(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end + 1;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === "\\") backslashes += 1;
  return backslashes % 2 === 1;
}

function afterSpace(text: string, start: number): number {
  let at = start;
  while (" \t\r\n".includes(text[at] ?? "x")) at += 1;
  return at;
}
