// In place of what only writes, and of the words for what goes wrong with a disk: a tab has no paths to write to.
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error ? (error as { code?: string }).code : undefined;

/** The one thing that goes wrong with a tab's disk. */
export const fsErrorOf = (error: unknown, path: string) =>
  codeOf(error) === undefined
    ? undefined
    : { code: "missing", message: `There is nothing at ${path}.` };

function never(): never {
  throw new Error("This is for a disk.");
}

export {
  never as checkClaim,
  never as createHash,
  never as loadAnew,
  never as loadHdf5,
  never as spawn,
  never as writeClaimed,
};
