// Values that nothing can change any more.

/** T with every property and list read-only, all the way down. */
export type Frozen<T> = T extends object ? { readonly [Key in keyof T]: Frozen<T[Key]> } : T;

/** A frozen deep copy of JSON data. −0 becomes 0: the cache key does not tell them apart, so neither may the physics. */
export function frozenCopy<T>(value: T): Frozen<T> {
  return copy(value) as Frozen<T>;
}

function copy(value: unknown): unknown {
  if (typeof value === "number") return value + 0;
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return Object.freeze(value.map(copy));
  return Object.freeze(
    Object.fromEntries(Object.entries(value).map(([key, field]) => [key, copy(field)])),
  );
}
