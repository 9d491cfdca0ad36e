// A rate or a size as a file tells it.

/** The number, or undefined where it is none that a rate or a size can be. */
export const positive = (value: unknown): number | undefined =>
  typeof value === "number" && value > 0 && value < Number.POSITIVE_INFINITY ? value : undefined;
