// The tree of keyed randomness: every draw is named by what it is for.
import { assertPath, assertSeed, digestHex, digestKey, hashPath, type PathPart } from "./path.ts";
import { createStream, type Stream } from "./stream.ts";

/**
 * A node of the tree. It holds no generator: asking it for anything changes nothing, and the same path always gives
 * the same draws. Parts are names or integers; anything else is a TypeError.
 */
export interface Random {
  /** The parts from the root to here. */
  readonly path: readonly PathPart[];
  /** The node further down: `random.child("a").stream("b")` is `random.stream("a", "b")`. */
  child(...path: PathPart[]): Random;
  /** A fresh stream at its first draw. */
  stream(...path: PathPart[]): Stream;
  /** The key of a counter-based generator such as Philox: two unsigned 32-bit words. */
  key(...path: PathPart[]): readonly [number, number];
}

/** The root of a spec's randomness. `seed` is any safe integer, else RangeError. */
export function createRandom(seed: number): Random {
  assertSeed(seed);
  return nodeAt(seed, []);
}

function nodeAt(seed: number, path: readonly PathPart[]): Random {
  const down = (parts: readonly PathPart[]): readonly PathPart[] => {
    assertPath(parts);
    return [...path, ...parts];
  };
  return {
    path,
    child: (...parts) => nodeAt(seed, down(parts)),
    stream: (...parts) => createStream(digestHex(hashPath(seed, down(parts)))),
    key: (...parts) => digestKey(hashPath(seed, down(parts))),
  };
}
