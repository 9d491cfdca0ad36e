// What a footprint is made of: the fewest true footprints that explain it, however tightly a tool draws cells.
import { peakOf, type SparseCells } from "./cells.ts";
import { type SparseSimilarity, sharedLight } from "./pairs.ts";

/**
 * A tool that cuts cells at their cores, or draws them out to their skirts, makes powers of them: of a Gaussian, a power of q is one of
 * σ / √q. A footprint is held against cells from twice to half their width; those made flat lie between.
 */
const POWERS = [1, 0.5, 2, 0.25, 4];
/** A further cell is taken only if what is explained grows by this share of it: two equal cells a σ apart are just told from one. */
const GAIN = 0.1;
/** The explained share from which a footprint is taken for a cell that may not be added to others: half a cell explains half. */
const ALONE = 0.5;
/** More cells in one footprint are too many to be told. */
const MOST_CELLS = 8;
/** Rounds of the fit, which converges within some ten where cells are not one another's copies. */
const ROUNDS = 200;

export interface Composition {
  /** The cells, by descending share of the footprint's light; none for a footprint that meets no cell. */
  readonly cells: readonly { readonly cell: number; readonly share: number }[];
  /** 0 to 1: the share of the footprint's energy (Σ weights²) that these cells explain, drawn as the tool draws. */
  readonly explained: number;
}

export interface CompositionOptions {
  /** For each estimate the cell to begin with, or −1 for the one that explains most. */
  readonly starts: Int32Array;
  /** 1 for each cell that may be added to another. */
  readonly addable: Uint8Array;
}

/**
 * Footprint a ≈ Σ_i w_i A_i^q with w ≥ 0 and one q of `POWERS`, fitted by least squares to growing sets of cells: each time the one
 * that explains most is added, until the gain is below `GAIN`. Of the powers the one with the largest explained · (1 − GAIN)^(cells − 1)
 * is taken, so that one wide cell is preferred to two narrow ones that explain hardly more.
 */
export function compositionsOf(
  estimate: SparseCells,
  truth: SparseCells,
  { starts, addable }: CompositionOptions,
): Composition[] {
  const count = estimate.starts.length - 1;
  const best = new Array<Composition>(count).fill({ cells: [], explained: 0 });
  const worth = new Float64Array(count);
  const found = unitLength(estimate, 1);
  for (const power of POWERS) {
    // One cell that explains more than this is worth more than any two.
    const open = [...worth.keys()].filter((j) => worth[j]! < 1 - GAIN);
    if (open.length === 0) break;
    const drawn = unitLength(truth, power);
    const light = lightOf(drawn);
    const gram = innerProducts(drawn);
    const meets = sharedLight(picked(found, open), drawn, "product");
    for (const [row, j] of open.entries()) {
      const fit = grown(alongCells(meets, row), starts[j]!, addable, gram);
      const value = fit.explained * (1 - GAIN) ** (fit.cells.length - 1);
      if (!(value > worth[j]!)) continue;
      worth[j] = value;
      best[j] = withShares(fit, light);
    }
  }
  return best;
}

interface Fit {
  readonly cells: readonly number[];
  readonly weights: readonly number[];
  readonly explained: number;
}

type Gram = (a: number, b: number) => number;

/** `along`: of each cell that the footprint meets, the inner product of the two, both of length 1. */
function grown(
  along: ReadonlyMap<number, number>,
  start: number,
  addable: Uint8Array,
  gram: Gram,
): Fit {
  let fit: Fit = { cells: [], weights: [], explained: 0 };
  const first = along.has(start) ? start : firstOf(along, addable);
  if (first === null) return fit;
  fit = fitOf([first], along, gram);
  // At most all is explained: beyond this, nothing is left to gain.
  while (fit.cells.length < MOST_CELLS && fit.explained <= 1 - GAIN) {
    let next = fit;
    for (const cell of along.keys()) {
      if (addable[cell] === 0 || fit.cells.includes(cell)) continue;
      const wider = fitOf([...fit.cells, cell], along, gram);
      if (wider.explained > next.explained) next = wider;
    }
    if (next.explained - fit.explained < GAIN * next.explained || next === fit) break;
    fit = next;
  }
  return fit;
}

/** Coordinate descent: each weight in turn takes what the others leave. */
function fitOf(cells: readonly number[], along: ReadonlyMap<number, number>, gram: Gram): Fit {
  const target = cells.map((cell) => along.get(cell)!);
  const products = cells.map((a) => cells.map((b) => gram(a, b)));
  const weights = cells.map(() => 0);
  for (let round = 0; round < ROUNDS; round++) {
    let change = 0;
    for (let a = 0; a < cells.length; a++) {
      let left = target[a]!;
      for (let b = 0; b < cells.length; b++) if (b !== a) left -= products[a]![b]! * weights[b]!;
      const weight = Math.max(0, left);
      change = Math.max(change, Math.abs(weight - weights[a]!));
      weights[a] = weight;
    }
    // What is explained then changes by less than the square of this.
    if (change < 1e-9) break;
  }
  const explained = weights.reduce((sum, weight, a) => sum + weight * target[a]!, 0);
  return { cells, weights, explained: Math.min(1, explained) };
}

function withShares({ cells, weights, explained }: Fit, light: Float64Array): Composition {
  const lights = cells.map((cell, a) => weights[a]! * light[cell]!);
  const total = lights.reduce((sum, value) => sum + value, 0);
  const members = cells.map((cell, a) => ({ cell, share: total > 0 ? lights[a]! / total : 0 }));
  // A cell that later ones made superfluous has hardly any share left.
  const kept = members.filter(({ share }) => share >= GAIN);
  return { cells: kept.sort((a, b) => b.share - a.share || a.cell - b.cell), explained };
}

/** The weights to a power, of length 1. */
function unitLength(cells: SparseCells, power: number): SparseCells {
  const weights = new Float64Array(cells.weights.length);
  for (let i = 0; i + 1 < cells.starts.length; i++) {
    const [from, to] = [cells.starts[i]!, cells.starts[i + 1]!];
    const peak = peakOf(cells, i);
    let squares = 0;
    for (let k = from; k < to; k++) {
      const weight = toPower(cells.weights[k]! / peak, power);
      weights[k] = weight;
      squares += weight * weight;
    }
    for (let k = from; k < to; k++) weights[k]! /= Math.sqrt(squares);
  }
  return { ...cells, weights };
}

/** By roots and products alone, which every engine rounds alike. */
function toPower(weight: number, power: number): number {
  if (power === 1) return weight;
  return power > 1 ? toPower(weight * weight, power / 2) : toPower(Math.sqrt(weight), power * 2);
}

function lightOf({ starts, weights }: SparseCells): Float64Array {
  return Float64Array.from({ length: starts.length - 1 }, (_, i) => {
    let sum = 0;
    for (let k = starts[i]!; k < starts[i + 1]!; k++) sum += weights[k]!;
    return sum;
  });
}

function alongCells({ starts, truths, values }: SparseSimilarity, row: number) {
  const along = new Map<number, number>();
  for (let k = starts[row]!; k < starts[row + 1]!; k++) along.set(truths[k]!, values[k]!);
  return along;
}

/** Of any two of the cells; each pair is computed when it is first asked for. */
function innerProducts(cells: SparseCells): Gram {
  const count = cells.starts.length - 1;
  const known = new Map<number, number>();
  return (a, b) => {
    const key = Math.min(a, b) * count + Math.max(a, b);
    const product = known.get(key) ?? innerProduct(cells, a, b);
    known.set(key, product);
    return product;
  };
}

function innerProduct({ starts, pixels, weights }: SparseCells, a: number, b: number): number {
  let [k, l, sum] = [starts[a]!, starts[b]!, 0];
  while (k < starts[a + 1]! && l < starts[b + 1]!) {
    const [p, q] = [pixels[k]!, pixels[l]!];
    if (p === q) sum += weights[k]! * weights[l]!;
    if (p <= q) k += 1;
    if (q <= p) l += 1;
  }
  return sum;
}

function picked(
  { canvas, starts, pixels, weights }: SparseCells,
  members: readonly number[],
): SparseCells {
  const ranges = members.map((i) => [starts[i]!, starts[i + 1]!] as const);
  const ends = new Int32Array(members.length + 1);
  for (const [k, [from, to]] of ranges.entries()) ends[k + 1] = ends[k]! + to - from;
  const chosen = { pixels: new Int32Array(ends.at(-1)!), weights: new Float64Array(ends.at(-1)!) };
  for (const [k, [from, to]] of ranges.entries()) {
    chosen.pixels.set(pixels.subarray(from, to), ends[k]!);
    chosen.weights.set(weights.subarray(from, to), ends[k]!);
  }
  return { canvas, starts: ends, ...chosen };
}

/** The cell that explains most. One that may not be added has to explain `ALONE`. */
function firstOf(along: ReadonlyMap<number, number>, addable: Uint8Array): number | null {
  let [best, largest] = [null as number | null, 0];
  for (const [cell, value] of along) {
    if (value > largest && (addable[cell] === 1 || value * value >= ALONE)) {
      [best, largest] = [cell, value];
    }
  }
  return best;
}
