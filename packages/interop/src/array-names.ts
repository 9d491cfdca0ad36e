// By which names plain arrays hold results: those of CNMF, the plain words, and either in other case.
export const ARRAY_NAMES = ["A", "C", "S", "shifts"] as const;
export type ArrayName = (typeof ARRAY_NAMES)[number];

// Inscopix' CNMF-E says footprints and traces.
const WORDS: Readonly<Record<ArrayName, readonly string[]>> = {
  A: ["A", "footprints"],
  C: ["C", "traces"],
  S: ["S", "spikes"],
  shifts: ["shifts"],
};

/** Which of `available` holds each array; the exact name before others. */
export function arraysNamed(
  available: readonly string[],
  words: Readonly<Record<ArrayName, readonly string[]>> = WORDS,
): { [name in ArrayName]?: string } {
  const found: { [name in ArrayName]?: string } = {};
  for (const name of ARRAY_NAMES) {
    const known = words[name];
    const exact = known.find((word) => available.includes(word));
    const inOtherCase = () =>
      available.find((given) => known.some((word) => word.toLowerCase() === given.toLowerCase()));
    const match = exact ?? inOtherCase();
    if (match !== undefined) found[name] = match;
  }
  return found;
}
