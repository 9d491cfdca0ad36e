// Options that several commands have.
import {
  type Command,
  InvalidArgumentError,
  Option,
  type OptionValues,
} from "@commander-js/extra-typings";

/** For options that may be repeated. */
export const collect = (value: string, previous: string[]): string[] => [...previous, value];

export function wholeNumber(text: string): number {
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new InvalidArgumentError("It must be a whole number, 0 or more.");
}

const repeated = <const Usage extends string>(usage: Usage, description: string) =>
  new Option(usage, description).argParser(collect).default([] as string[]);

export const SET = repeated("--set <path=value>", "change a field first; may be repeated");
export const PLUGIN = repeated(
  "--plugin <path|package>",
  "add the steps that a file or package exports; may be repeated",
);
export const OPTION = repeated(
  "--option <name=value>",
  "set something that the format lets choose; may be repeated",
);
const READ_OPTION = repeated(
  "--option <name=value>",
  "set how the results are read, as export lists it for their format; may be repeated",
);
export const SEED = new Option("--seed <n>", "seed of all randomness").argParser(wholeNumber);
export const CACHE = new Option("--cache <folder>", "where recordings are kept");
export const QUIET = new Option("-q, --quiet", "print errors only");

/** The options of every command that scores. */
export const withScoring = <Args extends unknown[], Options extends OptionValues>(
  command: Command<Args, Options>,
) =>
  command
    .option(
      "--format <format>",
      "format of the results (export lists them); found by their content where absent",
    )
    .addOption(READ_OPTION)
    .option("--metric <metric>", "likeness of footprints: iou, cosine or weighted_jaccard")
    .option("--threshold <x>", "likeness from which a pair is a match; 0.5 where absent", Number)
    .option("--all-cells", "count recall over all cells, not the detectable ones alone")
    .option("--shift <dy,dx>", "moves the results' footprints: auto, none or whole pixels")
    .option("--corrections", "the results' shifts are those that undo the motion");
