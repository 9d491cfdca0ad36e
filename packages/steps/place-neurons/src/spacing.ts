// Keeps points at least a distance apart in 3-D, with a grid of buckets as wide as that distance.
export type Position = readonly [z: number, y: number, x: number];

export interface Spacing {
  /** Whether a point keeps the distance to all points added so far. */
  fits(position: Position): boolean;
  add(position: Position): void;
}

/** @param distance_um a distance of 0 lets every point fit */
export function createSpacing(distance_um: number): Spacing {
  const buckets = new Map<string, Position[]>();
  const index = (length_um: number) => Math.floor(length_um / distance_um);
  const key = (z: number, y: number, x: number) => `${z},${y},${x}`;

  return {
    fits([z, y, x]) {
      if (distance_um === 0) return true;
      for (let i = -1; i <= 1; i++) {
        for (let j = -1; j <= 1; j++) {
          for (let k = -1; k <= 1; k++) {
            const bucket = buckets.get(key(index(z) + i, index(y) + j, index(x) + k));
            for (const other of bucket ?? []) {
              const dz = other[0] - z;
              const dy = other[1] - y;
              const dx = other[2] - x;
              if (dz * dz + dy * dy + dx * dx < distance_um * distance_um) return false;
            }
          }
        }
      }
      return true;
    },
    add(position) {
      if (distance_um === 0) return;
      const [z, y, x] = position;
      const at = key(index(z), index(y), index(x));
      const bucket = buckets.get(at);
      if (bucket) bucket.push(position);
      else buckets.set(at, [position]);
    },
  };
}
