// Which components CaImAn, and whoever looked through them, took for cells.
import { type H5Source, indicesOf } from "../h5/index.ts";

/**
 * Their indices, or null where nobody judged: those of `idx_components` (or all but `idx_components_bad`), and those of
 * `accepted_list`, less those of `rejected_list`: the last two are what CaImAn's and other interfaces keep of a person's choice.
 */
export function acceptedOf(source: H5Source, count: number): number[] | null {
  const list = (name: string) => listAt(source, `/estimates/${name}`, count);
  const all = Array.from({ length: count }, (_, i) => i);
  const judged = list("idx_components");
  const bad = list("idx_components_bad");
  const accepted = list("accepted_list") ?? [];
  const rejected = list("rejected_list") ?? [];
  const without = (indices: readonly number[], gone: readonly number[]) =>
    indices.filter((index) => !gone.includes(index));
  const byCaiman = judged ?? (bad?.length ? without(all, bad) : null);
  if (!byCaiman && accepted.length === 0 && rejected.length === 0) return null;
  const kept = byCaiman ?? (accepted.length > 0 ? [] : all);
  return without([...new Set([...kept, ...accepted])], rejected);
}

/** Indices, or a flag for each component. */
function listAt(source: H5Source, at: string, count: number): number[] | null {
  if (source.kind(at) !== "dataset" || isNone(source, at)) return null;
  if (source.shapeOf(at)[0] === 0) return [];
  if (!source.isBoolean(at)) return indicesOf(source, at, count);
  const flags = source.numbers(at, { dims: 1 }).data;
  if (flags.length === count) return [...flags.keys()].filter((i) => flags[i]! > 0);
  throw source.malformed(at, `has ${flags.length} flags for ${count} components`);
}

/** None, as CaImAn saves it. */
export function isNone(source: H5Source, at: string): boolean {
  return source.text(at) !== null;
}
