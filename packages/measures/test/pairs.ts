// The numbers of two results, side by side.

export type Numbers = { [name: string]: Numbers | number | null };

/** Every number of theirs with its path, and ours at the same path. */
export function pairs(
  theirs: Numbers,
  ours: unknown,
  path: readonly string[] = [],
): [path: string, theirs: number | null, ours: number | null | undefined][] {
  return Object.entries(theirs).flatMap(([name, value]) => {
    const other = (ours as Numbers | undefined)?.[name];
    const place = [...path, name];
    if (typeof value === "object" && value !== null) return pairs(value, other, place);
    return [[place.join("."), value, other as number | null | undefined]];
  });
}
