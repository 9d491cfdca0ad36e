// Non-negative least squares on the normal equations: minimise ½ xᵀGx − bᵀx with x ≥ 0 where a bound is wanted.
//
// Conjugate gradients inside the free face, with steps to and off the bounds where they pay: the scheme of modified
// proportioning with reduced gradient projections (Dostál & Schöberl 2005, Comput. Optim. Appl. 30:23). It converges for
// any positive semidefinite G, and to the same minimum from any start.
//
// The gradient is preconditioned in the face, by a factor of the whole G (section 6 there). By the same factor a direct method finds
// the minimum first where it can, to the ridge of that factor. Where the G of a problem is only near the solver's, it is asked again from where the
// search stands, before a single bound is moved: it finds many at once.
import { directStart } from "./bounds.ts";
import { multiply, type SparseGram } from "./gram.ts";
import { inverseOf } from "./inverse.ts";

export interface NnlsOptions {
  /**
   * When to stop: the largest violation of the optimality (KKT) conditions, as a share of the largest |b|, both in units where
   * every column of A has length 1. Default 1e-9; of the oracle 1e-6.
   */
  readonly tolerance?: number | undefined;
  /** Steps at most. Default 1000 + 20 · size. */
  readonly maxSteps?: number;
  /** All unknowns, so that those that meet are near each other, and those that meet all are last: for speed alone. */
  readonly order?: Int32Array | undefined;
}

export interface NnlsOutcome {
  readonly steps: number;
  /** The violation reached; above the tolerance only if the steps ran out. */
  readonly violation: number;
}

/** What the solver asks for: G times a vector. */
export interface Product {
  readonly of: Float64Array;
  /** To be overwritten. */
  readonly into: Float64Array;
}

export interface NnlsSolver {
  /** `x` becomes the solution. */
  solve(b: Float64Array, x: Float64Array): NnlsOutcome;
  /** The same of a matrix that is near the solver's: whoever runs it gives the products with it that it yields. */
  solving(b: Float64Array, x: Float64Array): Generator<Product, NnlsOutcome, void>;
}

/** `free`: 1 for unknowns without a bound. A column without light keeps 0. */
export function nnlsSolver(
  gram: SparseGram,
  free: Uint8Array,
  { tolerance = 1e-9, maxSteps = 1000 + 20 * gram.size, order }: NnlsOptions = {},
): NnlsSolver {
  const { size } = gram;
  const { matrix, scale, norm } = normalized(gram);
  const inverse = inverseOf(matrix, order ?? Int32Array.from({ length: size }, (_, i) => i));
  const direct = inverse && directStart(inverse, free);

  function* solving(b: Float64Array, x: Float64Array): Generator<Product, NnlsOutcome, void> {
    const [z, c, g, p, q, w, v] = Array.from(
      { length: 7 },
      () => new Float64Array(size),
    ) as Buffers;
    let step = 1 / norm;
    let turned = true;

    const isFree = (i: number): boolean => free[i] === 1 || z[i]! > 0;
    /** What the bounds leave of the gradient. */
    const projected = (i: number): number => (isFree(i) ? g[i]! : Math.min(g[i]!, 0));
    const violation = (): number => {
      let worst = 0;
      for (let i = 0; i < size; i++) worst = Math.max(worst, Math.abs(projected(i)));
      return worst;
    };
    /** In units where every column has length 1, as all vectors here. */
    function* multiplied(of: Float64Array, into: Float64Array) {
      for (let i = 0; i < size; i++) v[i] = of[i]! * scale[i]!;
      yield { of: v, into };
      for (let i = 0; i < size; i++) into[i]! *= scale[i]!;
    }
    function* refreshGradient() {
      yield* multiplied(z, g);
      for (let i = 0; i < size; i++) g[i]! -= c[i]!;
    }
    /** What the face leaves of the gradient, preconditioned there: w. */
    const descend = (): void => {
      for (let i = 0; i < size; i++) w[i] = isFree(i) ? g[i]! : 0;
      if (!inverse) return;
      inverse.apply(w);
      for (let i = 0; i < size; i++) if (!isFree(i)) w[i] = 0;
    };
    /** The next step in the face begins anew, with its gradient. */
    const restart = (): void => {
      turned = true;
    };
    const objective = (): number => {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += z[i]! * (g[i]! - c[i]!);
      return sum / 2;
    };

    /**
     * To the minimum of the model whose matrix is the solver's and whose gradient is the one here, or as far as it pays: the bounds of many
     * unknowns are found at once. False where the direct method does not find it.
     */
    function* followModel() {
      if (!direct) return false;
      multiply(matrix, z, w);
      for (let i = 0; i < size; i++) w[i]! -= g[i]!;
      if (!direct(w, p)) return false;
      for (let i = 0; i < size; i++) {
        // A bound may be missed by a rounding error.
        const target = free[i] === 1 ? p[i]! : Math.max(p[i]!, 0);
        p[i] = z[i]! - target;
      }
      yield* multiplied(p, q);
      const [slope, curvature] = [dot(g, p), dot(p, q)];
      // All the way wherever that is better than to stay, so that what comes to its bound is exactly there.
      advance(curvature < 2 * slope ? 1 : curvature > 0 ? slope / curvature : 0);
      restart();
      return true;
    }

    /** Off the bounds: along the part of the gradient that they had held back. */
    function* release() {
      for (let i = 0; i < size; i++) p[i] = isFree(i) ? 0 : Math.min(g[i]!, 0);
      yield* multiplied(p, q);
      const curvature = dot(p, q);
      advance(curvature > 0 ? dot(g, p) / curvature : step);
      restart();
    }

    function advance(length: number): void {
      for (let i = 0; i < size; i++) {
        z[i]! -= length * p[i]!;
        g[i]! -= length * q[i]!;
        // A step to the bound may miss it by a rounding error.
        if (free[i] === 0 && z[i]! < 0) z[i] = 0;
      }
    }

    function* conjugateStep() {
      if (turned) {
        descend();
        p.set(w);
        turned = false;
      }
      yield* multiplied(p, q);
      const curvature = dot(p, q);
      let feasible = Infinity;
      for (let i = 0; i < size; i++) {
        if (free[i] === 0 && p[i]! > 0) feasible = Math.min(feasible, z[i]! / p[i]!);
      }
      // No curvature: a direction that changes nothing. The bounds end it, if anything does.
      const length = curvature > 0 ? dot(g, p) / curvature : 0;
      if (length <= feasible) {
        advance(length);
        descend();
        const turn = curvature > 0 ? dot(w, q) / curvature : 0;
        for (let i = 0; i < size; i++) p[i] = isFree(i) ? w[i]! - turn * p[i]! : 0;
        return;
      }
      advance(feasible);
      if (yield* followModel()) return;
      const before = objective();
      // On along the gradient, folded at the bounds.
      for (let i = 0; i < size; i++) {
        if (!isFree(i)) continue;
        const moved = z[i]! - step * g[i]!;
        z[i] = free[i] === 1 ? moved : Math.max(moved, 0);
      }
      yield* refreshGradient();
      // Too long for a matrix whose norm is larger than that of the solver's.
      if (objective() > before) step /= 2;
      restart();
    }

    function heldBackMore(): boolean {
      let held = 0;
      let open = 0;
      for (let i = 0; i < size; i++) {
        const value = projected(i);
        if (!isFree(i)) held += value * value;
        else open += value * (free[i] === 1 ? value : Math.min(z[i]! / step, value));
      }
      return held > open;
    }

    let largest = 0;
    for (let i = 0; i < size; i++) {
      c[i] = b[i]! * scale[i]!;
      g[i] = -c[i]!;
      largest = Math.max(largest, Math.abs(c[i]!));
    }
    const enough = tolerance * largest;
    if (!(yield* followModel())) restart();
    let steps = 0;
    let fresh = false;
    for (;;) {
      if (violation() <= enough) {
        if (fresh) break;
        // The gradient was updated, not computed: rounding errors may have gathered in it.
        yield* refreshGradient();
        fresh = true;
        if (violation() <= enough) break;
        restart();
      }
      if (steps >= maxSteps) break;
      steps += 1;
      fresh = false;
      if (!heldBackMore()) yield* conjugateStep();
      else if (!(yield* followModel())) yield* release();
    }
    for (let i = 0; i < size; i++) x[i] = z[i]! * scale[i]!;
    return { steps, violation: largest === 0 ? 0 : violation() / largest };
  }

  return {
    solving,
    solve(b, x) {
      const run = solving(b, x);
      for (;;) {
        const next = run.next();
        if (next.done) return next.value;
        multiply(gram, next.value.of, next.value.into);
      }
    },
  };
}

type Buffers = [
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
];

/** The Gram matrix of columns of length 1; `scale` 1 / length, or 0 for a dark one; `norm` bounds its largest eigenvalue. */
function normalized({ size, starts, columns, values }: SparseGram) {
  const scale = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let k = starts[i]!; k < starts[i + 1]!; k++) {
      if (columns[k] === i && values[k]! > 0) scale[i] = 1 / Math.sqrt(values[k]!);
    }
  }
  const scaled = new Float64Array(values.length);
  let norm = 1;
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let k = starts[i]!; k < starts[i + 1]!; k++) {
      scaled[k] = values[k]! * scale[i]! * scale[columns[k]!]!;
      sum += Math.abs(scaled[k]!);
    }
    norm = Math.max(norm, sum);
  }
  return { matrix: { size, starts, columns, values: scaled }, scale, norm };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
