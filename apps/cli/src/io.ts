// What a command sees of the world outside: streams, folder, environment, the wish to stop. Tests hand in their own.
import process from "node:process";
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
  for (const [name, exitCode] of Object.entries(SIGNALS)) {
    process.on(name, () => {
      // A second time means: now, whatever it leaves behind.
      if (controller.signal.aborted) process.exit(exitCode);
      controller.abort(new Interrupted(exitCode));
    });
  }
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
  return { stdout, stderr, env, cwd: process.cwd(), signal: controller.signal };
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
