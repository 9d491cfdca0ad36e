// Why a preset is out of a reference's range: one sentence for each measure that is.
import type { Pairing } from "./pairings.ts";

type Reasons = Readonly<Record<string, string>>;

const OF: Readonly<Record<string, Reasons>> = {};

/** The reason, or that none is known: the page says so, and its test fails. */
export function explanationOf({ title }: Pick<Pairing, "title">, measure: string): string {
  return OF[title]?.[measure] ?? UNEXPLAINED;
}

export const UNEXPLAINED = "Not explained.";
