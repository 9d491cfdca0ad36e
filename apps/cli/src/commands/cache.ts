// minisim cache: recordings that were simulated, environments of pipelines, and what these found.
import { resolve } from "node:path";
import { type CacheKind, openCache } from "@minisim/sweep/node";
import { usageFailure } from "../failure.ts";
import { bytes, columns, json, lines } from "../print.ts";
import type { Context } from "./context.ts";

export interface CacheOptions {
  readonly cache?: string;
  readonly maxSize?: string;
  readonly olderThan?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

export async function cacheList({ io, out }: Context, { cache, json: asJson }: CacheOptions) {
  const { folder, list } = openCache(cache && resolve(io.cwd, cache));
  const entries = await list();
  if (asJson) return json(io, { folder, entries });
  const total = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  const rows = entries.map((entry) => [
    entry.cache_key,
    entry.kind,
    bytes(entry.bytes).padStart(8),
    entry.last_used.toISOString().slice(0, 16).replace("T", " "),
    entry.in_use ? "in use" : "",
  ]);
  lines(io, [
    out.bold(folder),
    ...columns(rows, "  "),
    out.dim(`${countsOf(entries)}, ${bytes(total)}`),
  ]);
}

/** "2 recordings, 1 environment". */
function countsOf(entries: readonly { readonly kind: CacheKind }[]): string {
  const kinds: readonly CacheKind[] = ["recording", "environment", "run", "scene"];
  const counts = kinds.map((kind) => {
    const count = entries.filter((entry) => entry.kind === kind).length;
    return count === 0 ? "" : `${count} ${kind}${count === 1 ? "" : "s"}`;
  });
  return counts.filter(Boolean).join(", ") || "nothing";
}

export async function cachePrune({ io }: Context, options: CacheOptions) {
  const { maxSize, olderThan, all } = options;
  if (maxSize === undefined && olderThan === undefined && !all) {
    throw usageFailure("prune needs to know what goes: --max-size, --older-than or --all.");
  }
  const pruned = await openCache(options.cache && resolve(io.cwd, options.cache)).prune({
    ...(maxSize !== undefined && { maxBytes: sizeOf(maxSize) }),
    ...(olderThan !== undefined && { olderThan: timeOf(olderThan) }),
    ...(all && { all }),
  });
  if (options.json) return json(io, pruned);
  const { removed, kept, freed_bytes } = pruned;
  const still = kept.length > 0 ? `; ${kept.length} in use stayed` : "";
  lines(io, [`${removed.length} removed, ${bytes(freed_bytes)} freed${still}.`]);
}

const UNITS: Readonly<Record<string, number>> = { "": 1, K: 1e3, M: 1e6, G: 1e9, T: 1e12 };

/** "500MB", "20 G", "1e9". */
export function sizeOf(text: string): number {
  const [, count, unit] = /^([\d.e]+)\s*([KMGT]?)B?$/i.exec(text.trim()) ?? [];
  const value = Number(count) * UNITS[(unit ?? "").toUpperCase()]!;
  if (Number.isFinite(value)) return value;
  throw usageFailure(`"${text}" is no size; write it as 500MB or 20GB.`);
}

const SPANS: Readonly<Record<string, number>> = { h: 3600e3, d: 86400e3, w: 604800e3 };

function timeOf(text: string): Date {
  const [, count, unit] = /^([\d.]+)\s*([hdw])$/.exec(text.trim()) ?? [];
  if (count !== undefined) return new Date(Date.now() - Number(count) * SPANS[unit!]!);
  throw usageFailure(`--older-than ${text}: write it as 12h, 30d or 2w.`);
}
