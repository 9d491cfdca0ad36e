// Plain data that tells which of its values are read, and comparison of plain data.

/** By path ("optics.na"), the values that were read. */
export type Reads = Map<string, unknown>;

/** A view of nested plain data that notes in `reads` each value that is read. */
export function watched<T extends object>(data: T, reads: Reads, prefix = ""): T {
  const view = {};
  for (const [name, value] of Object.entries(data)) {
    const path = `${prefix}${name}`;
    if (isNested(value)) {
      Object.defineProperty(view, name, {
        value: watched(value, reads, `${path}.`),
        enumerable: true,
      });
      continue;
    }
    Object.defineProperty(view, name, {
      enumerable: true,
      configurable: true,
      get() {
        reads.set(path, value);
        // From now on it is a value like any other, so that loops over it are as fast.
        Object.defineProperty(view, name, { value, enumerable: true });
        return value;
      },
    });
  }
  return view as T;
}

/** Whether all that was read is the same in `data`. */
export function readsAlike(reads: Reads, data: object): boolean {
  return [...reads].every(([path, value]) => sameData(valueAt(data, path), value));
}

function valueAt(data: object, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (part, name) => (part as Readonly<Record<string, unknown>> | undefined)?.[name],
      data,
    );
}

const isNested = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether two pieces of JSON data are equal. */
export function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [left, right] = [Object.entries(a), b as Readonly<Record<string, unknown>>];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    left.length === Object.keys(b).length &&
    left.every(([name, value]) => name in right && sameData(value, right[name]))
  );
}
