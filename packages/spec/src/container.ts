// The number type that holds a movie without loss.

/** Counts of at most 8 and 16 bits, and light before any sensor. */
export type Container = "uint8" | "uint16" | "float32";
export const CONTAINERS: readonly Container[] = ["uint8", "uint16", "float32"];

export const BYTES_PER_PIXEL = {
  uint8: 1,
  uint16: 2,
  float32: 4,
} as const satisfies Record<Container, number>;
