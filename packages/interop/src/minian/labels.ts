// What a person decided with minian's CNMFViewer: the coordinate unit_labels. A unit labelled −1 was thrown away; units of one label
// are one cell that was found in parts.
import type { Estimate, Footprints, Patch, Rows } from "@minisim/scoring";
import { stackOf } from "../image-footprints.ts";
import type { Reading } from "../reading.ts";

/**
 * The estimate after the labels, one a unit. Parts k of one cell, each with the light A_k(pixel) · C_k(frame), become one unit of the
 * same total light: its footprint is their mean image, Σ A_k · mean(C_k), and its traces are their light, Σ a_k · C_k / Σ a_k with
 * a_k the light of A_k over all pixels; S likewise. So a part counts by how bright it is, whatever its footprint and trace are
 * scaled by. Without traces, or where they are silent, the footprints add up as they are.
 */
export function mergedByLabels(
  estimate: Estimate,
  labels: ArrayLike<number>,
  reading: Reading,
): Estimate {
  const groups = groupsOf(labels);
  const discarded = Array.from(labels).filter((label) => label < 0).length;
  const merged = groups.filter((units) => units.length > 1);
  const parts = merged.reduce((sum, units) => sum + units.length, 0);
  if (discarded === 0 && merged.length === 0) return estimate;
  const happened = [
    ...(discarded > 0 ? [`${discarded} of ${labels.length} units were thrown away`] : []),
    ...(merged.length > 0
      ? [`${parts} of ${labels.length} are parts of ${merged.length}, whose light adds up`]
      : []),
  ].join(", ");
  reading.note(`unit_labels says that ${happened} (the setting components: all takes all units).`);
  const { footprints, C, S } = estimate;
  const light = (unit: number) => sumOf(footprints.at(unit).data);
  const weighted = (rows: Rows | null) => rows && mergedRows(rows, groups, light);
  return {
    ...estimate,
    footprints: mergedFootprints(footprints, groups, (unit) => (C ? meanOf(C, unit) : 1)),
    C: weighted(C),
    S: weighted(S),
  };
}

/** Units of each label, in the order in which labels occur; a unit without a label is alone. */
function groupsOf(labels: ArrayLike<number>): number[][] {
  const groups: number[][] = [];
  const byLabel = new Map<number, number[]>();
  for (let unit = 0; unit < labels.length; unit++) {
    const label = labels[unit]!;
    if (label < 0) continue;
    const group = byLabel.get(label);
    if (group) {
      group.push(unit);
      continue;
    }
    groups.push([unit]);
    if (!Number.isNaN(label)) byLabel.set(label, groups.at(-1)!);
  }
  return groups;
}

function mergedFootprints(
  footprints: Footprints,
  groups: readonly (readonly number[])[],
  gainOf: (unit: number) => number,
): Footprints {
  const patches = groups.map((units) => {
    if (units.length === 1) return footprints.at(units[0]!);
    const gains = units.map(gainOf);
    const isSilent = !gains.some((gain) => gain > 0);
    return sumOfPatches(
      units.map((unit) => footprints.at(unit)),
      isSilent ? gains.map(() => 1) : gains,
    );
  });
  return stackOf(footprints.canvas, patches);
}

function sumOfPatches(patches: readonly Patch[], gains: readonly number[]): Patch {
  const lit = patches.filter(({ data }) => data.length > 0);
  if (lit.length === 0) return patches[0]!;
  const top = Math.min(...lit.map(({ row }) => row));
  const left = Math.min(...lit.map(({ col }) => col));
  const height = Math.max(...lit.map((patch) => patch.row + patch.height)) - top;
  const width = Math.max(...lit.map((patch) => patch.col + patch.width)) - left;
  const data = new Float64Array(height * width);
  for (const [k, patch] of patches.entries()) {
    const gain = Math.max(0, gains[k]!);
    for (let i = 0; i < patch.data.length; i++) {
      const y = patch.row - top + Math.floor(i / patch.width);
      data[y * width + patch.col - left + (i % patch.width)]! += gain * patch.data[i]!;
    }
  }
  return { row: top, col: left, height, width, data };
}

function mergedRows(
  { shape, data }: Rows,
  groups: readonly (readonly number[])[],
  lightOf: (unit: number) => number,
): Rows {
  const frames = shape[1]!;
  const merged = new Float64Array(groups.length * frames);
  for (const [row, units] of groups.entries()) {
    const lights = units.map((unit) => Math.max(0, lightOf(unit)));
    const total = lights.reduce((sum, light) => sum + light, 0);
    for (const [k, unit] of units.entries()) {
      const weight = total > 0 ? lights[k]! / total : 1 / units.length;
      for (let t = 0; t < frames; t++) {
        merged[row * frames + t]! += weight * data[unit * frames + t]!;
      }
    }
  }
  return { shape: [groups.length, frames], data: merged };
}

const meanOf = ({ shape, data }: Rows, unit: number): number => {
  const frames = shape[1]!;
  return frames === 0 ? 0 : sumOf(data.subarray(unit * frames, (unit + 1) * frames)) / frames;
};

/** Of what is finite. */
function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i])) sum += values[i]!;
  return sum;
}
