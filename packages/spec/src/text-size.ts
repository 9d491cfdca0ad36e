// How much text a spec may have. An hour of shifts at 60 Hz, the longest that people write, has 18 MB as indented JSON.
import { SpecTextError, START } from "./text-error.ts";

export const MOST_TEXT_BYTES = 32_000_000;

/** Words and signs of YAML: an hour of shifts at 60 Hz has 3 million. What reads YAML takes 5 µs and 300 bytes for each. */
export const MOST_YAML_TOKENS = 4_000_000;

export function tooLarge(name: string): SpecTextError {
  const sentence = `this has more than ${MOST_TEXT_BYTES / 1e6} MB, which no spec has.`;
  return new SpecTextError(name, START, sentence, "too_large");
}
