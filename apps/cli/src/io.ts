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

/** The streams and the interrupt key of this process. */
export function processIo(): Io {
  const controller = new AbortController();
  process.on("SIGINT", () => {
    // A second time means: now, whatever it leaves behind.
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new Interrupted());
  });
  process.on("SIGTERM", () => controller.abort(new Interrupted()));
  // A reader that closes early (`| head`) is no failure of ours.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  const { stdout, stderr, env } = process;
  return { stdout, stderr, env, cwd: process.cwd(), signal: controller.signal };
}

/** The reason of an abort that the user asked for. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  constructor() {
    super("interrupted.");
  }
}
