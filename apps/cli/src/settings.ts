// name=value words of the command line: settings of formats.
import { usageFailure } from "./failure.ts";

/** `option` is how the words were given: "--option". @throws Failure for words that are no settings. */
export async function settingsOf(
  option: string,
  words: readonly string[],
): Promise<Record<string, unknown>> {
  if (words.length === 0) return {};
  const { readSpecText } = await import("@minisim/spec/text");
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf("=");
      if (at < 1) throw usageFailure(`${option} ${word}: write it as name=value.`);
      try {
        return [word.slice(0, at), readSpecText(word.slice(at + 1), { name: option }).value];
      } catch {
        throw usageFailure(`${option} ${word}: the value is not YAML; quote it if it is text.`);
      }
    }),
  );
}
