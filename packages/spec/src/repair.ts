// Makes a spec with broken values whole, so that the rules between fields can look at everything that is not broken:
// broken values are taken out, and defaults stand in for them.
import type { Path } from "./error.ts";
import type { StructuralIssue } from "./sentence.ts";
import { type Catalog, type Draft, isRecord, specFields, structureOf } from "./structure.ts";

export interface Repair {
  readonly draft: Draft;
  /** What the draft says nothing true about: the broken values and whatever had to go with them. */
  readonly untrusted: readonly Path[];
}

/** The spec without the values that `issues` complain about. */
export function repair(
  input: unknown,
  issues: readonly StructuralIssue[],
  catalog: Catalog,
): Repair {
  const document: Fields = {};
  // Unknown fields beside these may be many.
  for (const field of specFields) {
    if (isRecord(input) && Object.hasOwn(input, field)) document[field] = input[field];
  }
  const ours = new WeakSet<object>([document]);
  const skipped = new Set<number>();
  const untrusted: Path[] = [];
  let open = issues;
  for (;;) {
    const gone: Path[] = [];
    for (const { path, meant } of open) {
      // Two bad places of one list take out one list.
      if (!gone.some((other) => isWithin(path, other)))
        gone.push(takeOut({ document, ours, skipped }, path));
      untrusted.push(path);
      if (meant !== undefined) untrusted.push(meant);
    }
    untrusted.push(...gone);
    document.steps ??= [];
    const { draft, issues: left } = structureOf(document, catalog, skipped);
    if (draft !== undefined) return { draft, untrusted };
    open = left;
  }
}

type Fields = Record<string | number, unknown>;

interface Workpiece {
  readonly document: Fields;
  /** The copies made so far; everything else belongs to the caller and stays as it is. */
  readonly ours: WeakSet<object>;
  readonly skipped: Set<number>;
}

/** Removes the value at `path`, or the smallest thing around it that can be missing; returns the path of what went. */
function takeOut(piece: Workpiece, path: Path): Path {
  const [section, index, ...inside] = path;
  const isStep = section === "steps" && typeof index === "number";
  if (isStep && (inside.length === 0 || inside[0] === "kind")) {
    piece.skipped.add(index);
    return ["steps", index];
  }
  const field = path.at(-1);
  const parent = path.slice(0, -1);
  const holder = editable(piece, parent);
  if (isRecord(holder) && field !== undefined && Object.hasOwn(holder, field)) {
    delete holder[field];
    return path;
  }
  // A place in a list cannot be left out, and what is missing cannot be removed: the thing around it goes.
  return parent.length === 0 ? path : takeOut(piece, parent);
}

/** The object or list at `path`, after copying what leads to it. */
function editable({ document, ours }: Workpiece, path: Path): unknown {
  let holder = document;
  for (const segment of path) {
    const inner = holder[segment];
    if (typeof inner !== "object" || inner === null) return undefined;
    if (!ours.has(inner)) {
      const copy = Array.isArray(inner) ? [...inner] : { ...inner };
      ours.add(copy);
      holder[segment] = copy;
    }
    holder = holder[segment] as Fields;
  }
  return holder;
}

function isWithin(path: Path, outer: Path): boolean {
  return outer.every((segment, place) => segment === path[place]);
}
