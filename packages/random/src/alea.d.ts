// seedrandom's published types name its algorithms only on the root export, whose import patches the global Math.
declare module "seedrandom/lib/alea.js" {
  import type { PRNG } from "seedrandom";
  export default function alea(seed: string): PRNG;
}
