// Where encoded bytes go: an encoder asks for room of the length that it needs, and fills all that it returns.
export type Allocate = (length: number) => Uint8Array;

/** Room of its own for every chunk. */
export const ownBytes: Allocate = (length) => new Uint8Array(length);
