// Finds objects of NWB's types below the processing modules, wherever their writers put them.
import type { H5Source } from "../h5/index.ts";

export interface Found {
  readonly path: string;
  readonly name: string;
  /** Name of the group it is in. */
  readonly container: string;
}

// Module / interface / object, and one more for CorrectedImageStack.
const DEEPEST = 4;
/** Links can lead in circles, in which every level has as many objects as the last. */
const MOST_OBJECTS = 20_000;

/**
 * Objects whose neurodata_type is one of these, in the order of their names. What lies in another file is an error, or skipped.
 * @throws InteropError "malformed", "unsupported".
 */
export function findTyped(
  source: H5Source,
  root: string,
  types: readonly string[],
  { elsewhere = "refuse" }: { readonly elsewhere?: "refuse" | "skip" } = {},
): Found[] {
  const found: Found[] = [];
  let seen = 0;
  if (!(elsewhere === "skip" && source.isElsewhere(root))) visit(root, 0);
  return found;

  function visit(group: string, depth: number): void {
    for (const name of source.keys(group)) {
      const path = `${group}/${name}`;
      seen += 1;
      if (seen > MOST_OBJECTS)
        throw source.malformed(root, "holds more objects than are looked at");
      if (elsewhere === "skip" && source.isElsewhere(path)) continue;
      if (source.kind(path) !== "group") continue;
      const type = source.attribute(path, "neurodata_type");
      if (types.includes(String(type))) {
        found.push({ path, name, container: group.slice(group.lastIndexOf("/") + 1) });
      } else if (depth < DEEPEST) visit(path, depth + 1);
    }
  }
}

/** The one that is named, else the only one. @throws InteropError that lists them where the choice is open. */
export function chosen(
  source: H5Source,
  type: string,
  found: readonly Found[],
  wanted: string | undefined,
  setting: string,
): Found {
  if (wanted !== undefined) {
    const path = `/${wanted.replace(/^\/+|\/+$/g, "")}`;
    const match = found.find((candidate) => candidate.path === path);
    if (match) return match;
    throw source.malformed(path, `is no ${type}${listed(found)}`);
  }
  if (found.length === 1) return found[0]!;
  if (found.length === 0) throw source.malformed("/processing", `holds no ${type}`);
  throw source.unsupported(
    "/processing",
    `holds several of the type ${type}${listed(found)}; choose one with the setting ${setting}`,
  );
}

const listed = (found: readonly Found[]): string =>
  found.length === 0 ? "" : ` (there are ${found.map(({ path }) => path).join(", ")})`;
