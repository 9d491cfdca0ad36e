// minisim render: pictures of a recording.
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { toPng } from "@minisim/figures/node";
import { openRecording } from "minisim/node";
import { Failure, systemSentence, usageFailure } from "../failure.ts";
import { PICTURES, type PictureName } from "../picture-names.ts";
import { drawPictures } from "../pictures.ts";
import { json, lines } from "../print.ts";
import { didYouMean } from "../similar.ts";
import type { Context } from "./context.ts";

export interface RenderOptions {
  readonly output: string;
  readonly only?: readonly string[];
  readonly frame?: number;
  readonly format: string;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

export async function render({ io, err }: Context, store: string, options: RenderOptions) {
  const wanted = pictureNames(options.only);
  const { format } = options;
  if (format !== "png" && format !== "svg") {
    throw usageFailure(`--format ${format}: choose png or svg.`);
  }
  const stored = await openRecording(resolve(io.cwd, store));
  const frames = stored.layout().shape[0]!;
  if (options.frame !== undefined && options.frame >= frames) {
    throw usageFailure(`--frame ${options.frame}: the recording has ${frames} frames, from 0.`);
  }
  const skipped: string[] = [];
  const files: string[] = [];
  const folder = resolve(io.cwd, options.output);
  const pictures = drawPictures(stored, wanted, {
    signal: io.signal,
    ...(options.frame === undefined ? {} : { frame: options.frame }),
  });
  for await (const { name, svg, absent } of pictures) {
    if (svg === undefined) {
      skipped.push(`no picture "${name}": ${absent}`);
      continue;
    }
    io.signal.throwIfAborted();
    const bytes = format === "svg" ? svg : await toPng(svg);
    const file = `${name}.${format}`;
    save(folder, file, bytes, options.output);
    files.push(join(options.output, file));
  }
  if (!options.quiet) for (const line of skipped) io.stderr.write(`${err.yellow(line)}\n`);
  if (options.json) json(io, { files });
  else if (!options.quiet && files.length > 0) lines(io, files);
}

function save(folder: string, file: string, bytes: Uint8Array | string, shown: string) {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, file), bytes);
  } catch (error) {
    const sentence =
      (error as NodeJS.ErrnoException).code === "EEXIST"
        ? `${shown} is a file, not a folder.`
        : systemSentence(error, join(shown, file));
    throw new Failure(sentence ?? (error as Error).message, 1, { cause: error });
  }
}

function pictureNames(only: readonly string[] | undefined): readonly PictureName[] {
  if (!only) return PICTURES;
  return only.map((word) => {
    const name = PICTURES.find((one) => one === word.trim());
    if (name) return name;
    throw usageFailure(
      `--only ${word}: there is no such picture.${didYouMean(word, PICTURES)} The pictures are ${PICTURES.join(", ")}.`,
    );
  });
}
