// How a command fails: one clear text and an exit code.

export const EXIT = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** A failure that the user can do something about; its message is all that is printed. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly exitCode: number;

  constructor(message: string, exitCode: number = EXIT.failed, options: { cause?: unknown } = {}) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** The command line itself is wrong. */
export const usageFailure = (message: string): Failure => new Failure(message, EXIT.usage);

/** One sentence for an error of the operating system. */
export function systemSentence(error: unknown, path: string): string | undefined {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  switch (code) {
    case "ENOENT":
      return `there is no file or folder ${path}.`;
    case "EISDIR":
      return `${path} is a folder, not a file.`;
    case "ENOTDIR":
      return `a part of the path ${path} is a file, not a folder.`;
    case "EEXIST":
      return `${path} exists already.`;
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return `no permission for ${path}.`;
    case "ENOSPC":
      return `no space left for ${path}.`;
    default:
      return undefined;
  }
}
