// Measures as lines of words: for the terminal and for the page.
import type { Reference } from "@minisim/measures";
import { short } from "../print.ts";

/** One line for each number; percentiles and bands share a line. */
export type Row = readonly [name: string, text: string];

export function rowsOf(name: string, value: unknown): Row[] {
  if (typeof value === "string") return [[name, value]];
  if (value === null || typeof value === "number") return [[name, short(value)]];
  if (Array.isArray(value)) return [[name, value.map(short).join("  ")]];
  const entries = Object.entries(value as object);
  const isSeries = entries.every(([key]) => /^\d/.test(key) || key === "n");
  if (!isSeries) return entries.flatMap(([key, inner]) => rowsOf(`${name}.${key}`, inner));
  // Names that look like whole numbers come first in an object, whatever their size.
  const ordered = entries
    .filter(([key]) => key !== "n")
    .sort(([a], [b]) => Number.parseFloat(a) - Number.parseFloat(b));
  return [[name, ordered.map(([key, inner]) => `${key}: ${short(inner)}`).join("  ")]];
}

/** A range in words; one number where it is a point. */
export const rangeText = (low: number, high: number): string =>
  low === high ? short(low) : `${short(low)} … ${short(high)}`;

/** The recordings of references, each with its scale. */
export function recordingsIn(references: readonly Reference[]): string[] {
  const recordings = references.map(({ recording, fps, pixel_size_um }) => {
    const scale = [
      pixel_size_um === undefined ? "µm per pixel unknown" : `${pixel_size_um} µm per pixel`,
      fps === undefined ? "frame rate unknown" : `${fps} Hz`,
    ];
    return recording === "" ? null : `${recording} (${scale.join(", ")})`;
  });
  return [...new Set(recordings.filter((recording) => recording !== null))];
}
