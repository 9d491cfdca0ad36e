// Plain JSON, read and changed by path. Changes copy what they touch.
export type Path = readonly (string | number)[];
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

export function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((place, name) => inside(place, name), value);
}

export function withValue<T>(value: T, path: Path, next: unknown): T {
  const [first, ...rest] = path;
  if (first === undefined) return next as T;
  const changed = withValue(inside(value, first), rest, next);
  // A computed name makes a field of any name, "__proto__" included.
  if (!Array.isArray(value)) return { ...value, [first]: changed };
  const copy = [...value];
  copy[Number(first)] = changed;
  return copy as T;
}

/** The value's own field. */
function inside(value: unknown, name: string | number): unknown {
  const isHolder = typeof value === "object" && value !== null && Object.hasOwn(value, name);
  return isHolder ? (value as Record<string | number, unknown>)[name] : undefined;
}

export const samePath = (a: Path, b: Path): boolean =>
  a.length === b.length && a.every((name, i) => name === b[i]);

export const startsWith = (path: Path, prefix: Path): boolean =>
  prefix.every((name, i) => name === path[i]);

export const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
