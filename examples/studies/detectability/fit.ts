// How the finding of cells depends on what is known of them: where half of them are found, and which of them are.
import { createRandom } from "@minisim/random";

export interface Tried {
  /** Cells of one recording share its luck: intervals draw recordings, not cells. */
  readonly recording: string;
  readonly dprime: number;
  readonly found: boolean;
}

/** The d′ at which P(found) = 1 / (1 + exp(−(a + b ln d′))) is a half; null where too few are found, or missed, or no rise can be fitted. */
export function halfAt(cells: readonly Tried[]): number | null {
  const n_found = cells.filter(({ found }) => found).length;
  if (n_found < 3 || cells.length - n_found < 3) return null;
  const middle = cells.reduce((sum, { dprime }) => sum + Math.log(dprime), 0) / cells.length;
  const points = cells.map(({ dprime, found }) => ({ x: Math.log(dprime) - middle, found }));
  let line: Line = { a: 0, b: 1 };
  for (let round = 0; round < 60; round++) line = better(points, line);
  const half = Math.exp(middle - line.a / line.b);
  return line.b > 0 && half < 1000 ? half : null;
}

type Points = readonly { readonly x: number; readonly found: boolean }[];

interface Line {
  readonly a: number;
  readonly b: number;
}

/** A step of Newton's method, halved until the likelihood does not fall. */
function better(points: Points, { a, b }: Line): Line {
  let [ga, gb, haa, hab, hbb] = [0, 0, RIDGE, 0, RIDGE];
  for (const { x, found } of points) {
    const p = 1 / (1 + Math.exp(-(a + b * x)));
    const rest = (found ? 1 : 0) - p;
    ga += rest;
    gb += rest * x;
    const weight = p * (1 - p);
    haa += weight;
    hab += weight * x;
    hbb += weight * x * x;
  }
  const determinant = haa * hbb - hab * hab;
  const [da, db] = [(hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant];
  const now = likelihood(points, { a, b });
  for (let step = 1; step > 1e-6; step /= 2) {
    const next = { a: a + step * da, b: b + step * db };
    if (likelihood(points, next) >= now) return next;
  }
  return { a, b };
}

/** Its logarithm. */
const likelihood = (points: Points, { a, b }: Line): number =>
  points.reduce((sum, { x, found }) => sum - softplus(found ? -(a + b * x) : a + b * x), 0);

const softplus = (z: number) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
const RIDGE = 1e-6;

/** 95 %, of 400 draws of as many recordings as there are; null of fewer than four. */
export function intervalOf(cells: readonly Tried[]): readonly [low: number, high: number] | null {
  const names = [...new Set(cells.map(({ recording }) => recording))];
  const groups = names.map((name) => cells.filter(({ recording }) => recording === name));
  if (groups.length < 4) return null;
  const halves: number[] = [];
  for (let draw = 0; draw < 400; draw++) {
    const stream = createRandom(0).stream("bootstrap", draw);
    const drawn = groups.flatMap(() => groups[stream.integer(groups.length)]!);
    const half = halfAt(drawn);
    if (half !== null) halves.push(half);
  }
  if (halves.length < 300) return null;
  halves.sort((one, other) => one - other);
  const at = (share: number) => halves[Math.round(share * (halves.length - 1))]!;
  return [at(0.025), at(0.975)];
}

/** The chance that of a cell that was found and one that was not the found one has the larger value; ties count a half. Null where all or none were. */
export function chanceOfLarger(
  cells: readonly { readonly value: number; readonly found: boolean }[],
): number | null {
  const [found, missed] = [true, false].map((wanted) => cells.filter((c) => c.found === wanted));
  if (found!.length === 0 || missed!.length === 0) return null;
  let wins = 0;
  for (const one of found!) {
    for (const other of missed!) wins += (Math.sign(one.value - other.value) + 1) / 2;
  }
  return wins / (found!.length * missed!.length);
}
