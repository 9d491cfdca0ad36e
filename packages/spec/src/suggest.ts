// "Did you mean ...?" for field names and step kinds.

/** The candidate that `word` most likely stands for, if one is near: a slip or two, or one a prefix of the other. */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = distanceOf(typed, candidate.toLowerCase());
    if (distance < bestDistance && isNear(typed, candidate.toLowerCase(), distance)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Words whose lengths differ by more than a name has are not compared letter by letter: somebody's page of text is no slip. */
function distanceOf(a: string, b: string): number {
  const difference = Math.abs(a.length - b.length);
  return difference > 100 ? difference : editDistance(a, b);
}

function isNear(a: string, b: string, distance: number): boolean {
  // A slip in a single letter, or two in three letters, leave nothing of the name.
  const longest = Math.max(a.length, b.length);
  const slips = longest < 2 ? 0 : longest < 4 ? 1 : 2;
  const isPrefix = Math.min(a.length, b.length) >= 3 && (a.startsWith(b) || b.startsWith(a));
  return distance <= slips || isPrefix;
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
