// "Did you mean …?" for paths and names.
import { closest, distance } from "fastest-levenshtein";

/** ` Did you mean "…"?`, or nothing where no candidate is near. One that goes on from, or ends with, what was typed is nearest. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  if (candidates.length === 0) return "";
  const longer = candidates.find(
    (name) => name.endsWith(`.${word}`) || (word.length > 2 && name.startsWith(word)),
  );
  const best = longer ?? closest(word, candidates);
  const near = longer !== undefined || distance(word, best) <= Math.max(1, best.length / 4);
  return near ? ` Did you mean "${best}"?` : "";
}
