// Numbers of the page as comma-separated text, a unit in every name.
import type { Census } from "../engine/census.ts";
import type { SceneInfo, UnitTrace } from "../engine/types.ts";

const textOf = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((row) => `${row.join(",")}\n`).join("");

/** Frames in rows: the true calcium of each cell, and what its region reads. */
export function tracesTable(traces: readonly UnitTrace[], fps: number): string {
  const names = traces.flatMap(({ unit }) => [`calcium_${unit}`, `roi_${unit}`]);
  const frames = traces[0]?.calcium.length ?? 0;
  const rows = Array.from({ length: frames }, (_, t) => [
    t / fps,
    ...traces.flatMap(({ calcium, roi }) => [calcium[t]!, roi[t]!]),
  ]);
  return textOf([["time_s", ...names], ...rows]);
}

/** Cells in rows; what is still to be counted is empty. */
export function cellsTable({ inView, centersUm }: SceneInfo, census: Census | null): string {
  const known = census?.inView === inView ? census : null;
  const rows = Array.from({ length: inView }, (_, unit) => [
    unit,
    ...centersUm.subarray(3 * unit, 3 * unit + 3),
    known?.snr[unit] ?? "",
    known?.dprime[unit] ?? "",
    known?.detectable[unit] ?? "",
  ]);
  const names = ["cell", "z_um", "y_um", "x_um", "detection_snr", "dprime", "detectable"];
  return textOf([names, ...rows]);
}
