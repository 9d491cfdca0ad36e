// @minisim/spec/suggest: "Did you mean ...?" for field names, step kinds, paths and words of the command line. It loads nothing else.

/** ` Did you mean "…"?`, or nothing where no candidate is near. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const best = suggest(word, candidates);
  return best === undefined ? "" : ` Did you mean "${best}"?`;
}

/** The candidate that `word` most likely stands for: one that goes on from it or ends with it, or one that a few slips away is. */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  // Nothing is near to what is longer than any name, and the distance would take long to find.
  if (typed.length > LONGEST) return undefined;
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = nearness(typed, candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

const LONGEST = 200;

/** Smaller is nearer; infinite where nobody would mean the one by the other. */
function nearness(typed: string, name: string): number {
  const goesOn = Math.min(typed.length, name.length) >= 3;
  if (goesOn && (name.startsWith(typed) || name.endsWith(`.${typed}`))) return 0.5;
  const distance = editDistance(typed, name);
  if (distance <= allowedSlips(Math.max(typed.length, name.length))) return distance;
  if (goesOn && (typed.startsWith(name) || name.includes(typed))) return distance;
  return Number.POSITIVE_INFINITY;
}

/** A slip in a single letter, or two in three letters, leave nothing of a name. */
function allowedSlips(length: number): number {
  if (length < 2) return 0;
  return length < 4 ? 1 : Math.max(2, Math.floor(length / 4));
}

/** Damerau-Levenshtein distance in the optimal-string-alignment form: insert, delete, replace, swap neighbours. */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      let least = Math.min(replaced, previous[column]! + 1, current[column - 1]! + 1);
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) least = Math.min(least, beforePrevious[column - 2]! + 1);
      current.push(least);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length]!;
}
