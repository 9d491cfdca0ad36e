// Options that several commands have.
import { availableParallelism } from "node:os";
import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import type { Shard } from "@minisim/output";

/** For options that may be repeated. */
export const collect = (value: string, previous: string[]): string[] => [...previous, value];

export function wholeNumber(text: string): number {
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new InvalidArgumentError("It must be a whole number, 0 or more.");
}

/** Enough to try out what more threads do on a small machine. */
const MOST_WORKERS = Math.max(16, 4 * availableParallelism());

function threads(text: string): number {
  const count = wholeNumber(text);
  if (count <= MOST_WORKERS) return count;
  throw new InvalidArgumentError(
    `This machine has ${availableParallelism()} cores; at most ${MOST_WORKERS} threads are of any use.`,
  );
}

const repeated = <const Usage extends string>(usage: Usage, description: string) =>
  new Option(usage, description).argParser(collect).default([] as string[]);

export const SET = repeated("--set <path=value>", "change a field first; may be repeated");
export const PLUGIN = repeated(
  "--plugin <path|package>",
  "add the steps that a file or package exports; may be repeated",
);
export const ADD = repeated(
  "--add <kind>",
  "add a step with its default parameters, where it belongs; may be repeated",
);
export const OPTION = repeated(
  "--option <name=value>",
  "set something that the format lets choose; may be repeated",
);
export const READ_OPTION = repeated(
  "--option <name=value>",
  "set how the results are read, as export lists it for their format; may be repeated",
);
export const SEED = new Option("--seed <n>", "seed of all randomness").argParser(wholeNumber);
export const WORKERS = new Option(
  "--workers <n>",
  "threads that render and write; all cores where absent",
).argParser(threads);

function shard(text: string): Shard {
  const [, number, of] = (/^(\d{1,7})\/(\d{1,7})$/.exec(text) ?? []).map(Number);
  if (number !== undefined && of !== undefined && number >= 1 && number <= of)
    return { number, of };
  throw new InvalidArgumentError("It must be I/N, as 3/8: the third of eight.");
}

export const SHARD = new Option(
  "--shard <i/n>",
  "make the i-th of n parts in a folder that all of them share, on any machine; finish puts them together",
).argParser(shard);
export const FINISH = new Option(
  "--finish",
  "with --shard: finish where this was the last part that was missing",
);
export const CACHE = new Option(
  "--cache <folder>",
  "where recordings are kept, and what shards of one prepare together",
);
export const DRY_RUN = new Option("--dry-run", "say what it would cost, and do nothing");
export const YES = new Option("--yes", "go on where memory or disk seem too small");
export const QUIET = new Option("-q, --quiet", "print errors only");

// The options of every command that scores. Constants, not a function that adds them all to a command: the type that such a function
// returns is a chain of options, and its declaration takes 29 MB.
export const FORMAT = new Option(
  "--format <format>",
  "format of the results (export lists them); found by their content where absent",
);
export const METRIC = new Option(
  "--metric <metric>",
  "likeness of footprints: light, iou, cosine or weighted_jaccard; light where absent",
);
export const THRESHOLD = new Option(
  "--threshold <x>",
  "likeness from which a pair is a match; 0.5 where absent",
).argParser(Number);
export const ALL_CELLS = new Option(
  "--all-cells",
  "count recall over all cells, not the detectable ones alone",
);
export const SHIFT = new Option(
  "--shift <dy,dx>",
  "moves the results' footprints: auto, none or whole pixels",
);
export const CORRECTIONS = new Option(
  "--corrections",
  "the results' shifts are those that undo the motion",
);
export const EVENT_TOLERANCE = new Option(
  "--event-tolerance <s>",
  "how far an estimated spike may be from a true one; 0.1 s and at least a frame where absent",
).argParser(Number);

// What a pipeline did to the recording: found where sizes and traces tell.
export const ORIENTATION = new Option(
  "--orientation <name>",
  "how the results' images lie: upright, transposed, flipped_rows, rotated_90, …; as their size says where absent",
);
export const CROP = new Option(
  "--crop <top,left,bottom,right>",
  "pixels of the recording that the results' images lack, below 0 added; found by the cells where absent",
);
export const SPATIAL_BINNING = new Option(
  "--spatial-binning <n>",
  "their pixels are means of n × n; as their size says where absent",
).argParser(wholeNumber);
export const FRAMES = new Option(
  "--frames <from:to|file.csv>",
  "frames that the pipeline was given: a range, or the acquisition_log.csv of an export; all where absent",
);
export const FRAME_STRIDE = new Option(
  "--frame-stride <n>",
  "it used every n-th of them; as the traces tell where absent",
).argParser(wholeNumber);
export const FRAME_BINNING = new Option(
  "--frame-binning <n>",
  "it used means of n of them",
).argParser(wholeNumber);
