// name=value words of the command line: settings of formats.
import { parse as parseYaml } from "yaml";
import { usageFailure } from "./failure.ts";

/** `option` is how the words were given: "--option". @throws Failure for words that are no settings. */
export function settingsOf(option: string, words: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf("=");
      if (at < 1) throw usageFailure(`${option} ${word}: write it as name=value.`);
      try {
        return [word.slice(0, at), parseYaml(word.slice(at + 1))];
      } catch {
        throw usageFailure(`${option} ${word}: the value is not YAML; quote it if it is text.`);
      }
    }),
  );
}
