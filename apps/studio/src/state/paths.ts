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
  return path.reduce<unknown>(
    (place, name) => (place as Record<string | number, unknown> | undefined)?.[name],
    value,
  );
}

export function withValue<T>(value: T, path: Path, next: unknown): T {
  const [first, ...rest] = path;
  if (first === undefined) return next as T;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<
    string | number,
    unknown
  >;
  copy[first] = withValue(copy[first], rest, next);
  return copy as T;
}

export const samePath = (a: Path, b: Path): boolean =>
  a.length === b.length && a.every((name, i) => name === b[i]);

export const startsWith = (path: Path, prefix: Path): boolean =>
  prefix.every((name, i) => name === path[i]);

export const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
