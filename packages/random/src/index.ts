// Keyed randomness: streams and keys named by a path, and the distributions drawn from them.
export { ornsteinUhlenbeck } from "./ornstein-uhlenbeck.ts";
export type { PathPart } from "./path.ts";
export { createRandom, type Random } from "./random.ts";
export type { Stream } from "./stream.ts";
