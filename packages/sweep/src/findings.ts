// Gathers what is wrong with the points of a sweep: each problem once, at the axis or the value that causes it.
import { excerpt } from "@minisim/spec";
import type { Axis } from "./grid.ts";
import type { SweepProblem } from "./problem.ts";

interface Finding {
  /** Absent for what no single axis causes. */
  readonly axis: number | undefined;
  /** Whether it is the value, or the axis itself. */
  readonly ofValue: boolean;
  readonly message: string;
}

interface Group extends Finding {
  readonly first: readonly number[];
  points: number;
}

export class Findings {
  readonly #axes: readonly Axis[];
  readonly #groups = new Map<string, Group>();
  readonly #twins: [number, number][] = [];
  /** How many points each value of each axis is at. */
  readonly #points: number[][];

  constructor(axes: readonly Axis[]) {
    this.#axes = axes;
    this.#points = axes.map(({ values }) => values.map(() => 0));
  }

  /** A point of the grid is looked at. */
  point(choice: readonly number[]): void {
    for (const [axis, at] of choice.entries()) this.#points[axis]![at]! += 1;
  }

  add(choice: readonly number[], finding: Finding): void {
    const { axis, ofValue, message } = finding;
    const value = axis !== undefined && ofValue ? choice[axis] : "";
    const key = JSON.stringify([axis ?? null, value, message]);
    const group = this.#groups.get(key);
    if (group) group.points += 1;
    else this.#groups.set(key, { ...finding, first: choice, points: 1 });
  }

  /** Two points turned out to be the same recording. */
  twins(first: number, second: number): void {
    this.#twins.push([first, second]);
  }

  problems(): SweepProblem[] {
    const groups = [...this.#groups.values()].map((group) => this.#problem(group));
    const twins = this.#twins.map(([first, second]) => ({
      path: [],
      message: `the points ${first} and ${second} are the same recording (axes repeat a value, or seeds and repeats overlap).`,
    }));
    return [...groups, ...twins];
  }

  #problem({ axis, ofValue, message, first, points }: Group): SweepProblem {
    if (axis === undefined) {
      return { path: [], message: `${message} (at ${this.#named(first)}${also(points)})` };
    }
    const { name } = this.#axes[axis]!;
    if (!ofValue) return { path: ["axes", name], message };
    const path = ["axes", name, first[axis]!];
    if (points === this.#points[axis]![first[axis]!]) return { path, message };
    return { path, message: `${message} (with ${this.#named(first, axis)}${also(points)})` };
  }

  #named(choice: readonly number[], except?: number): string {
    const named = this.#axes.flatMap(({ name, values }, axis) =>
      axis === except
        ? []
        : [`${excerpt(name)} = ${excerpt(JSON.stringify(values[choice[axis]!]))}`],
    );
    return named.join(", ") || "the only point";
  }
}

const also = (points: number): string =>
  points === 1 ? "" : `, and ${points - 1} more ${points === 2 ? "point" : "points"}`;
