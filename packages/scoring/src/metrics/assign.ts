// The best one-to-one pairing of estimates with truths.
import { munkres } from "munkres";
import type { SparseSimilarity } from "./pairs.ts";

/** Pairs by ascending estimate. */
export interface Pairs {
  readonly estimate: Int32Array;
  readonly truth: Int32Array;
  /** Above 0, at most 1. */
  readonly similarity: Float64Array;
}

/**
 * Pairs that are each other's alone and whose similarities (or preferences, where there are such) have the largest sum. What overlaps nothing that is left
 * stays unpaired. Of equally good pairings the same one is always taken. Cells that no chain of overlaps connects are
 * solved apart, so that a dense matrix exists for one cluster at a time.
 */
export function assignPairs(similarity: SparseSimilarity): Pairs {
  const found: [estimate: number, truth: number, similarity: number][] = [];
  const worth = similarity.preference ?? similarity.values;
  for (const { rows, columns } of clusters(similarity)) {
    const columnOf = new Map(columns.map((truth, column) => [truth, column]));
    // The library minimises.
    const costs = rows.map((estimate) => {
      const line = new Float64Array(columns.length);
      for (let k = similarity.starts[estimate]!; k < similarity.starts[estimate + 1]!; k++) {
        line[columnOf.get(similarity.truths[k]!)!] = -worth[k]!;
      }
      return line;
    });
    for (const [row, column] of munkres(costs)) {
      const cost = costs[row]![column]!;
      const [estimate, truth] = [rows[row]!, columns[column]!];
      if (cost < 0) found.push([estimate, truth, valueAt(similarity, estimate, truth)]);
    }
  }
  found.sort(([a], [b]) => a - b);
  return {
    estimate: Int32Array.from(found, ([estimate]) => estimate),
    truth: Int32Array.from(found, ([, truth]) => truth),
    similarity: Float64Array.from(found, ([, , value]) => value),
  };
}

function valueAt(
  { starts, truths, values }: SparseSimilarity,
  estimate: number,
  truth: number,
): number {
  for (let k = starts[estimate]!; k < starts[estimate + 1]!; k++) {
    if (truths[k] === truth) return values[k]!;
  }
  return 0;
}

interface Cluster {
  readonly rows: number[];
  readonly columns: number[];
}

/** The connected components of the graph of overlaps, their members ascending. */
function clusters({ shape, starts, truths }: SparseSimilarity): Cluster[] {
  const [estimates, truthCount] = shape;
  const parent = Int32Array.from({ length: estimates + truthCount }, (_, node) => node);
  const rootOf = (node: number): number => {
    let root = node;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]!]!;
      root = parent[root]!;
    }
    return root;
  };
  for (let i = 0; i < estimates; i++) {
    for (let k = starts[i]!; k < starts[i + 1]!; k++) {
      parent[rootOf(estimates + truths[k]!)] = rootOf(i);
    }
  }
  const found = new Map<number, Cluster>();
  for (let node = 0; node < parent.length; node++) {
    const root = rootOf(node);
    const cluster = found.get(root) ?? { rows: [], columns: [] };
    found.set(root, cluster);
    if (node < estimates) cluster.rows.push(node);
    else cluster.columns.push(node - estimates);
  }
  return [...found.values()].filter(({ rows, columns }) => rows.length > 0 && columns.length > 0);
}
