// What a command sees of the world outside: streams, folder, environment, the wish to stop. Tests hand in their own.
import process from "node:process";
import { Script } from "node:vm";
import pc from "picocolors";

export interface Stream {
  write(text: string): unknown;
  /** A terminal that a person looks at. */
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Io {
  /** Results. */
  readonly stdout: Stream;
  /** Progress, warnings, errors. */
  readonly stderr: Stream;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
  /** Does work that leaves nothing behind and that gives nobody a turn, so that nobody would hear of a signal, and lets one end it. */
  readonly interruptible?: <T>(work: () => T) => T;
}

export type Colors = ReturnType<typeof pc.createColors>;

/** Colours where the stream is a terminal and nobody asked for none (https://no-color.org). */
export function colorsFor(stream: Stream, env: Io["env"]): Colors {
  const wanted = !env.NO_COLOR && env.TERM !== "dumb" && stream.isTTY === true;
  return pc.createColors(wanted || Boolean(env.FORCE_COLOR));
}

/** Signals that end a command in order, and the exit codes that shells expect of them: 128 and the signal's number. */
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** The streams and the signals of this process. */
export function processIo(): Io {
  const controller = new AbortController();
  const listeners = Object.entries(SIGNALS).map(([name, exitCode]) => {
    const listener = () => {
      // A second time means: now, whatever it leaves behind.
      if (controller.signal.aborted) process.exit(exitCode);
      controller.abort(new Interrupted(exitCode));
    };
    process.on(name, listener);
    return { name, listener };
  });
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // A reader that closes early (`| head`) is no failure of ours.
    if (error.code === "EPIPE") process.exit(0);
    const reason = error.code === "ENOSPC" ? "no space is left there" : (error.code ?? "unknown");
    process.stderr.write(`error: the result could not be written to standard output: ${reason}.\n`);
    process.exit(1);
  });
  // Where the terminal has gone, nobody reads what would be said.
  process.stderr.on("error", () => {});
  const { stdout, stderr, env } = process;
  /** The system's own action ends the process at once, with the exit code that shells expect; of SIGINT Node can tell while it computes. */
  const interruptible = <T>(work: () => T): T => {
    const others = listeners.filter(({ name }) => name !== "SIGINT");
    for (const { name, listener } of others) process.off(name, listener);
    try {
      return untilSigint(work);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_INTERRUPTED") {
        controller.abort(new Interrupted());
      }
      throw error;
    } finally {
      for (const { name, listener } of others) process.on(name, listener);
    }
  };
  return { stdout, stderr, env, cwd: process.cwd(), signal: controller.signal, interruptible };
}

/** Node watches for SIGINT from another thread where a script asks for it, and for no other signal. @throws what the work throws */
function untilSigint<T>(work: () => T): T {
  const holder: { work?: () => T } = globalThis as object;
  holder.work = work;
  try {
    const script = new Script("work()", { filename: "interruptible" });
    return script.runInThisContext({ breakOnSigint: true, displayErrors: false }) as T;
  } finally {
    delete holder.work;
  }
}

/** The reason of an abort that the user or the system asked for. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly exitCode: number;

  constructor(exitCode: number = SIGNALS.SIGINT) {
    super("interrupted.");
    this.exitCode = exitCode;
  }
}
