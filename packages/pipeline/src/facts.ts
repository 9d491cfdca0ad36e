// Facts: what a step's parameters and draws alone decide, and earlier steps need to know. Whoever needs one reads it from the scene and
// never asks which step it came from.
import type { Exposure } from "@minisim/sensor";
import type { Geometry } from "@minisim/spec";
import { factorAt, meanFactor, product } from "./factor.ts";
import type { Entry } from "./scene.ts";
import { type FrameSeries, sumOf } from "./series.ts";
import { type Announced, fact, type Scene } from "./tokens.ts";

/** The facts of pipeline; a step may define more with `fact`. */
export const facts = Object.freeze({
  /** Pixels of canvas that steps need beyond the FOV, on each side. */
  margin_px: fact<number>("margin_px", { neutral: 0, merge: (sum, margin) => sum + margin }),
  /** Relative excitation intensity. */
  excitation: fact("excitation", product),
  /** Relative collection efficiency. */
  collection: fact("collection", product),
  /** Radius of the blood vessels relative to rest. */
  vessel_radius: fact("vessel_radius", product),
  /** Mean light of the background, in the unit of a cell's resting light at its planted peak, before excitation and collection fall off. */
  background: fact<number>("background", { neutral: 0, merge: (sum, light) => sum + light }),
  /** How much deeper in the tissue the focus lies than at rest in each frame, µm, one row; null where it rests. Shifts add up. */
  focus_shift_um: fact<FrameSeries | null, FrameSeries>("focus_shift_um", {
    neutral: null,
    merge: (sum, shift) => (sum ? sumOf(sum, shift) : shift),
    problem: ({ rows, frames }, { n_frames }) =>
      rows === 1 && frames === n_frames
        ? undefined
        : `the series needs one row of ${n_frames} frames.`,
  }),
  /** The detector's exposure. */
  exposure: fact<Exposure>("exposure"),
});

export interface Announcement {
  readonly kind: string;
  readonly announced: readonly Announced[];
}

/** The facts that steps announce, by name. @throws RangeError and Error that name the step */
export function gatherFacts(
  announcements: readonly Announcement[],
  geometry: Geometry,
): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  const announcers = new Map<string, string>();
  for (const { kind, announced } of announcements) {
    for (const { fact, given } of announced) {
      const { name, rule } = fact;
      const problem = rule?.problem?.(given, geometry);
      if (problem) throw new RangeError(`Step "${kind}" announces "${name}": ${problem}`);
      const before = entries.get(name);
      if (!rule && before) {
        const both = `Both "${announcers.get(name)}" and "${kind}" announce "${name}"`;
        throw new Error(`${both}; use one of them.`);
      }
      const value = rule ? rule.merge(before ? before.value : rule.neutral, given) : given;
      entries.set(name, { value, parts: [...(before?.parts ?? []), given] });
      announcers.set(name, kind);
    }
  }
  return entries;
}

/** The relative photon budget at a lateral position (µm): excitation × collection, its mean where it changes in time. */
export function photonBudgetAt(scene: Scene, y_um: number, x_um: number): number {
  const at = (token: typeof facts.excitation) =>
    factorAt(scene.get(token), scene.geometry, y_um, x_um);
  return meanFactor([at(facts.excitation), at(facts.collection)]);
}
