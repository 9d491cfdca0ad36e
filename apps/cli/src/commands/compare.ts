// minisim compare: what differs between two recordings, or what two specs would make.
import { resolve } from "node:path";
import { createProjections, type Projections } from "@minisim/figures";
import { checkSmallFile, sealText, writeSmallFile } from "@minisim/output";
import type { Recorded } from "@minisim/recording";
import { availableWorkers } from "@minisim/render";
import { geometryOf, specDifferences } from "@minisim/spec";
import { liveRecording, type Simulator } from "minisim";
import { type Comparison, compareRecordings, isSame, type Pair } from "../comparing/comparison.ts";
import { comparePage } from "../comparing/page.ts";
import { wordsOf } from "../comparing/words.ts";
import { usageFailure } from "../failure.ts";
import { pagePath } from "../page-path.ts";
import { simulatorWith } from "../plugins.ts";
import { columns, json, lines, wrap } from "../print.ts";
import { progressFor } from "../progress.ts";
import { readSpec } from "../spec-file.ts";
import { storedAt } from "../stored.ts";
import type { Context } from "./context.ts";

export interface CompareOptions {
  readonly frames?: number;
  readonly specOnly?: boolean;
  readonly output?: string;
  readonly force?: boolean;
  readonly workers?: number;
  readonly plugin: readonly string[];
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** What pages are sealed as. */
const KIND = "comparison";

/** Returns whether they are the same. */
export async function compare(
  context: Context,
  sources: Pair<string>,
  options: CompareOptions,
): Promise<boolean> {
  const { io, out } = context;
  const { output, force, specOnly } = options;
  if (sources[0] === "-" && sources[1] === "-") {
    throw usageFailure("Only one of the two can be standard input.");
  }
  if (output !== undefined && specOnly) {
    throw usageFailure("-o draws pictures of movies, which --spec-only leaves out.");
  }
  const page = pagePath(output, io.cwd);
  const claim = { kind: KIND, force, inputs: sources.map((source) => resolve(io.cwd, source)) };
  if (page !== undefined) await checkSmallFile(page, claim);
  const simulator = await simulatorWith(options.plugin, io);
  const progress = progressFor(context, options);
  try {
    progress.label("preparing …");
    // One after the other: standard input is read once.
    const first = await sideAt(context, sources[0], simulator);
    const second = await sideAt(context, sources[1], simulator);
    const { comparison, images } = await compared([first, second], options, progress.frames);
    progress.clear();
    const rows = wordsOf(comparison);
    if (page !== undefined) {
      const { pixel_size_um: pixelSizeUm } = geometryOf(first.spec.acquisition);
      const text = comparePage({ sources, rows, images, pixelSizeUm });
      await writeSmallFile(page, sealText(text, KIND, "xml"), claim);
    }
    if (options.json) json(io, { same: isSame(comparison), ...comparison });
    else if (!options.quiet) {
      const wrapped = rows.flatMap(([name, text]) =>
        wrap(text, 84).map((line, i) => [i === 0 ? out.dim(name) : "", line]),
      );
      lines(io, [out.bold(`${sources[0]} → ${sources[1]}`), ...columns(wrapped, "  ")]);
      if (output !== undefined) lines(io, [output]);
    }
    return isSame(comparison);
  } finally {
    progress.clear();
  }
}

/** A recording, or the spec of one that is made when it is asked for. */
interface Side {
  readonly spec: Recorded["spec"];
  recorded(workers: number): Recorded;
}

async function sideAt({ io }: Context, source: string, simulator: Simulator): Promise<Side> {
  const { cwd, signal } = io;
  const stored = await storedAt(source, { set: [], cwd, simulator });
  if (stored) return { spec: stored.spec, recorded: () => stored };
  const { spec } = await readSpec({ source, cwd, simulator, signal });
  return {
    spec,
    recorded: (workers) => liveRecording(simulator.compile(spec, { signal }), { workers, signal }),
  };
}

interface Compared {
  readonly comparison: Comparison;
  /** Null where there are no frames of the same size. */
  readonly images: Pair<Projections> | null;
}

async function compared(
  [a, b]: Pair<Side>,
  { specOnly, output, frames, workers = availableWorkers() }: CompareOptions,
  onProgress: (progress: { done: number; total: number }) => void,
): Promise<Compared> {
  if (specOnly) {
    const spec = specDifferences(a.spec, b.spec);
    return { comparison: { spec, recordings: null }, images: null };
  }
  // Both render at the same time.
  const [first, second] = [a, b].map((side) => side.recorded(Math.floor(workers / 2)));
  const [n1, height, width] = first!.shape;
  const total = Math.min(n1, second!.shape[0], frames ?? n1);
  const images = [first, second].map(() => createProjections(height, width));
  const isDrawn = output !== undefined;
  const comparison = await compareRecordings(first!, second!, {
    frames: total,
    onFrames(one, other, start) {
      if (isDrawn) {
        images[0]!.add(one);
        images[1]!.add(other);
      }
      onProgress({ done: start + one.length / (height * width), total });
    },
  });
  const [one, other] = images.map((image) => image.result());
  return { comparison, images: comparison.recordings?.movie ? [one!, other!] : null };
}
