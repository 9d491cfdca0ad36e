// A system's ffmpeg, fed with raw frames through a pipe.
import { type ChildProcess, spawn } from "node:child_process";
import { InteropError } from "./error.ts";

export interface RawVideo {
  readonly height: number;
  readonly width: number;
  readonly fps: number;
}

/** Takes the bytes of a frame, which may be reused once the promise resolves. */
export type Feed = (frame: Uint8Array) => Promise<void>;

/**
 * Runs ffmpeg on 8-bit grey frames; `output` are its arguments after the input, the file last.
 * @throws InteropError "unsupported" when there is no such program, "io" with its last words when it fails.
 */
export async function encodeWithFfmpeg(
  program: string,
  { height, width, fps }: RawVideo,
  output: readonly string[],
  feedAll: (feed: Feed) => Promise<void>,
): Promise<void> {
  const input = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", `${width}x${height}`, "-r", `${fps}`];
  // bitexact: no version of the program in the file.
  const exact = ["-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1"];
  const all = [
    "-hide_banner",
    "-loglevel",
    "error",
    "-y",
    ...input,
    "-i",
    "-",
    ...exact,
    ...output,
  ];
  const child = spawn(program, all, { stdio: ["pipe", "ignore", "pipe"] });
  const { stdin } = child;
  // A broken pipe is told by the program's end, with the reason.
  stdin.on("error", () => {});
  const ended = endOf(child, program);
  let over: unknown;
  let stop: (reason: unknown) => void = () => {};
  const end = (reason: unknown) => {
    over = reason;
    stop(reason);
  };
  const early = new InteropError("io", "ffmpeg ended before all frames were written.");
  void ended.then(() => end(early), end);
  const feed: Feed = (frame) =>
    new Promise((resolve, reject) => {
      stop = reject;
      if (over !== undefined) reject(over);
      stdin.write(frame, (error) => {
        if (!error) resolve();
      });
    });
  try {
    await feedAll(feed);
    stdin.end();
    await ended;
  } catch (error) {
    child.kill("SIGKILL");
    await ended.catch(() => {});
    throw error;
  }
}

function endOf(child: ChildProcess, program: string): Promise<void> {
  let words = "";
  child.stderr?.on("data", (data: Buffer) => {
    words = (words + data.toString()).slice(-2000);
  });
  return new Promise((resolve, reject) => {
    child.on("error", (cause: NodeJS.ErrnoException) => {
      const problem =
        cause.code === "ENOENT"
          ? `There is no program ${program} here; install ffmpeg, or choose a format that needs none.`
          : `The program ${program} cannot be run (${cause.code}).`;
      reject(new InteropError("unsupported", problem, { cause }));
    });
    child.on("close", (code, signal) => {
      const last = words.trim().split("\n").at(-1) || `it ended with ${code ?? signal}`;
      if (code === 0) resolve();
      else reject(new InteropError("io", `ffmpeg failed: ${last}.`));
    });
  });
}
