// How a command fails: one clear text and an exit code.

/** `tryAgain`: as of EX_TEMPFAIL in sysexits.h. `noProgress`: the same, but this run has finished nothing that the next could build on. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  tryAgain: 75,
  noProgress: 76,
  interrupted: 130,
} as const;

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
    case "EACCES":
    case "EPERM":
      return `no permission for ${path}.`;
    default:
      return undefined;
  }
}

// How Node, V8 and its workers say that memory could not be had.
const NO_MEMORY =
  /out of memory|could not allocate memory|array buffer allocation failed|memory limit|invalid (?:typed )?array (?:buffer )?length/i;
const NO_MEMORY_CODES = ["ENOMEM", "ERR_MEMORY_ALLOCATION_FAILED", "ERR_WORKER_OUT_OF_MEMORY"];

/** One sentence for what the machine, or a limit set on this process, could not give. */
export function machineSentence(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as NodeJS.ErrnoException;
  if (NO_MEMORY_CODES.includes(code ?? "") || NO_MEMORY.test(error.message)) {
    return "there is not enough memory for this, or this process may not have it (ulimit -v). Fewer --workers, a smaller field or fewer cells need less.";
  }
  if (code === "EMFILE" || code === "ENFILE") {
    return "no more files could be opened (ulimit -n). A higher limit, or fewer --workers, help.";
  }
  if (code === "EAGAIN" || code === "ERR_WORKER_INIT_FAILED") {
    return "no more threads could be started (ulimit -u). Fewer --workers help.";
  }
  return undefined;
}
