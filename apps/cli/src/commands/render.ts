// minisim render: pictures of a recording.

import { join, resolve } from "node:path";
import { toPng } from "@minisim/figures/node";
import { checkSmallFile, PathError, sealPng, sealText, writeSmallFile } from "@minisim/output";
import { didYouMean } from "@minisim/spec/suggest";
import { openRecording } from "minisim/node";
import { Failure, usageFailure } from "../failure.ts";
import { PICTURES, type PictureName } from "../picture-names.ts";
import { drawPictures } from "../pictures.ts";
import { json, lines } from "../print.ts";
import { recordingPlace } from "../stored.ts";
import type { Context } from "./context.ts";

export interface RenderOptions {
  readonly output: string;
  readonly only?: readonly string[];
  readonly frame?: number;
  readonly format: string;
  readonly force?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** What pictures are sealed as. */
const KIND = "picture";

export async function render(context: Context, store: string, options: RenderOptions) {
  const { io, err } = context;
  const wanted = pictureNames(options.only);
  const { format, force } = options;
  if (format !== "png" && format !== "svg") {
    throw usageFailure(`--format ${format}: choose png or svg.`);
  }
  const stored = await openRecording(recordingPlace(io.cwd, store));
  const frames = stored.layout().shape[0]!;
  if (options.frame !== undefined && options.frame >= frames) {
    throw usageFailure(`--frame ${options.frame}: the recording has ${frames} frames, from 0.`);
  }
  const folder = resolve(io.cwd, options.output);
  const claim = { kind: KIND, force, inputs: [resolve(io.cwd, store)] };
  const fileOf = (name: PictureName) => `${name}.${format}`;
  await checkAll(
    wanted.map((name) => join(folder, fileOf(name))),
    claim,
  );
  const skipped: string[] = [];
  const files: string[] = [];
  context.left = () =>
    files.length === 0
      ? "nothing was left behind."
      : `the pictures that were finished are in ${options.output}.`;
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
    const bytes = format === "svg" ? sealText(svg, KIND, "xml") : sealPng(await toPng(svg), KIND);
    await writeSmallFile(join(folder, fileOf(name)), bytes, claim);
    files.push(join(options.output, fileOf(name)));
  }
  if (!options.quiet) for (const line of skipped) io.stderr.write(`${err.yellow(line)}\n`);
  if (options.json) json(io, { files });
  else if (!options.quiet && files.length > 0) lines(io, files);
}

/** Before anything is drawn: one line for each file that may not be written. */
async function checkAll(
  paths: readonly string[],
  claim: Parameters<typeof checkSmallFile>[1],
): Promise<void> {
  const refused: PathError[] = [];
  for (const path of paths) {
    await checkSmallFile(path, claim).catch((error: unknown) => {
      const occupied = error instanceof PathError && ["exists", "foreign"].includes(error.code);
      if (!occupied) throw error;
      refused.push(error);
    });
  }
  if (refused.length === 1) throw refused[0];
  if (refused.length === 0) return;
  const hint = refused.some(({ code }) => code === "exists")
    ? ["Use --force to replace what minisim drew before."]
    : [];
  throw new Failure([...refused.map(({ message }) => message), ...hint].join("\n"));
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
