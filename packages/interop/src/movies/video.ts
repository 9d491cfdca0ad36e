// A compressed video as a movie, decoded by a system's ffmpeg: AVI with FFV1 or MJPEG, MP4, Matroska. Colours become grey.
import { type ChildProcess, spawn } from "node:child_process";
import { basename } from "node:path";
import type { FrameRange } from "@minisim/recording";
import { InteropError } from "../error.ts";
import { numbersOf } from "../npy/dtype.ts";
import type { AviFrames } from "./avi-frames.ts";
import { frameByFrame, framePart } from "./frame-by-frame.ts";
import type { ReadMovieOptions } from "./options.ts";
import { positive } from "./positive.ts";
import type { Part, StoredMovie } from "./stored-movie.ts";

/** A file, and the program that decodes it. */
interface Video {
  readonly path: string;
  readonly program: string;
}

interface Header {
  readonly height: number;
  readonly width: number;
  readonly fps: number | undefined;
  readonly bits: number;
}

/** `_avi`: for who decodes frame by frame, as a tab does. @throws InteropError "unsupported" where there is no ffmpeg, "malformed" with its words where it cannot read the file. */
export async function openVideo(
  path: string,
  { ffmpeg: program = "ffmpeg" }: ReadMovieOptions,
  _avi?: AviFrames,
): Promise<StoredMovie> {
  const video = { path, program };
  const { height, width, fps, bits } = await headerOf(video);
  const { frames, everyFrame } = await countOf(video);
  return {
    place: path,
    ...frameByFrame([frames, height, width], (range) =>
      partsOf(video, { height, width, bits }, everyFrame, range),
    ),
    type: bits === 8 ? "uint8" : "uint16",
    fps,
    isStream: true,
  };
}

/** From the first frame as YUV4MPEG2, whose header tells size, rate and depth. */
async function headerOf(video: Video): Promise<Header> {
  const text = (
    await outputOf(video, ["-frames:v", "1", "-strict", "-1", "-f", "yuv4mpegpipe", "-"])
  ).toString("latin1", 0, 200);
  const found = /^YUV4MPEG2 W(\d+) H(\d+) F(\d+):(\d+)[^\n]*? C(\S+)/.exec(text);
  if (!found)
    throw new InteropError("malformed", `${video.path} holds no video that ffmpeg decodes.`);
  const [width, height, rate, scale] = found.slice(1, 5).map(Number) as [
    number,
    number,
    number,
    number,
  ];
  // Cmono, Cmono12, C420jpeg, C420p10.
  const bits = Number(/(?:mono|p)(9|1[0-6])$/.exec(found[5]!)?.[1] ?? 8);
  return { width, height, fps: positive(rate / scale), bits };
}

/** What makes ffmpeg put out every frame once, whatever its time: since version 5.1, and before. */
const EVERY_FRAME = [
  ["-fps_mode", "passthrough"],
  ["-vsync", "passthrough"],
] as const;

/** How many frames there are: all are decoded, because what files say of it is often wrong. */
async function countOf(video: Video) {
  const count = async (everyFrame: readonly string[]) => {
    const words = [...everyFrame, "-f", "null", "-progress", "pipe:1", "-"];
    const text = (await outputOf(video, words)).toString();
    return { frames: Number([...text.matchAll(/^frame=\s*(\d+)/gm)].at(-1)?.[1] ?? 0), everyFrame };
  };
  return count(EVERY_FRAME[0]).catch((error: unknown) => {
    if (!(error instanceof Error && error.message.includes("fps_mode"))) throw error;
    return count(EVERY_FRAME[1]);
  });
}

/** Rawvideo of 9 to 16 bits has words of 16. */
async function* partsOf(
  video: Video,
  { height, width, bits }: Omit<Header, "fps">,
  everyFrame: readonly string[],
  { start, end }: FrameRange,
): AsyncGenerator<Part> {
  const format = bits === 8 ? "gray" : `gray${bits}le`;
  const bytes = height * width * (bits === 8 ? 1 : 2);
  const child = started(video, [...everyFrame, "-f", "rawvideo", "-pix_fmt", format, "-"]);
  const ended = endOf(child, video);
  // Told where the frames end too early, or not at all.
  ended.catch(() => {});
  try {
    let frame = 0;
    let filled = 0;
    let raw = new Uint8Array(bytes);
    for await (const piece of child.stdout as AsyncIterable<Buffer>) {
      for (let from = 0; from < piece.length; ) {
        const part = piece.subarray(from, from + bytes - filled);
        raw.set(part, filled);
        filled += part.length;
        from += part.length;
        if (filled < bytes) break;
        if (frame >= start) {
          const data = numbersOf(bits === 8 ? "|u1" : "<u2", raw);
          yield framePart(frame, { height, width }, data);
          raw = new Uint8Array(bytes);
        }
        filled = 0;
        frame += 1;
        if (frame === end) return;
      }
    }
    await ended;
    throw new InteropError("malformed", `${video.path} ended after ${frame} of ${end} frames.`);
  } finally {
    child.kill("SIGKILL");
  }
}

/** All that ffmpeg puts out. @throws as `openVideo`. */
async function outputOf(video: Video, output: readonly string[]): Promise<Buffer> {
  const child = started(video, output);
  const pieces: Buffer[] = [];
  child.stdout?.on("data", (piece: Buffer) => pieces.push(piece));
  await endOf(child, video);
  return Buffer.concat(pieces);
}

/** With the protocol named, no path is taken for another one, nor for a flag. */
const started = ({ path, program }: Video, output: readonly string[]): ChildProcess =>
  spawn(
    program,
    [
      "-hide_banner",
      "-nostdin",
      "-v",
      "error",
      "-xerror",
      "-i",
      `file:${path}`,
      "-map",
      "0:v:0",
      ...output,
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );

function endOf(child: ChildProcess, { path, program }: Video): Promise<void> {
  let words = "";
  child.stderr?.on("data", (data: Buffer) => {
    words = (words + data.toString()).slice(0, 2000);
  });
  return new Promise((resolve, reject) => {
    child.on("error", (cause: NodeJS.ErrnoException) => {
      const problem =
        cause.code === "ENOENT"
          ? `there is no program ${program} here; install it, or name it as ffmpeg`
          : `the program ${program} cannot be run (${cause.code})`;
      const sentence = `${path} is a compressed video, which ffmpeg decodes: ${problem}.`;
      reject(new InteropError("unsupported", sentence, { cause }));
    });
    child.on("close", (code, signal) => {
      if (code === 0) return resolve();
      const reason = words.trim().split("\n")[0] || `it ended with ${code ?? signal}`;
      reject(
        new InteropError(
          "malformed",
          `${basename(program)} cannot decode ${path}: ${reason.replace(/\.$/, "")}.`,
        ),
      );
    });
  });
}
