// "Did you mean ...?" for names on the command line.
import { closest, distance } from "fastest-levenshtein";

/** ` Did you mean "…"?`, or nothing where no candidate is near. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  if (candidates.length === 0) return "";
  const typed = word.toLowerCase();
  const contained = candidates.find((name) => typed.length > 2 && name.includes(typed));
  const best = contained ?? closest(typed, candidates);
  const near = contained !== undefined || distance(typed, best) <= Math.max(1, best.length / 3);
  return near ? ` Did you mean "${best}"?` : "";
}
