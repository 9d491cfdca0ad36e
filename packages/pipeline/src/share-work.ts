// Work of a compile that several processes do together: numbers that take long to work out and little room to keep.

/**
 * The numbers of a work, piece by piece. Each piece is worked out here by `make`, a pure function of its number, or was by another process that compiles
 * the same spec at the same time.
 */
export type ShareWork = (
  pieces: number,
  make: (piece: number) => Float64Array,
) => readonly Float64Array[];

/** The works of a whole compile, each under a name of its own that is the same in all processes. */
export type ShareWorks = (name: string, ...work: Parameters<ShareWork>) => ReturnType<ShareWork>;

/** The works of one step, numbered as it comes to them. */
export function worksOf(kind: string, share: ShareWorks): ShareWork {
  let count = 0;
  return (pieces, make) => {
    count += 1;
    return share(`${kind}.${count}`, pieces, make);
  };
}
