// --set path=value: changes a spec before it is parsed, by the same paths as the axes of a sweep.
import { type Change, excerpt, type Path, variedInput } from "@minisim/spec";
import { readSpecText } from "@minisim/spec/text";
import type { Simulator } from "minisim";
import { usageFailure } from "./failure.ts";

export interface Override {
  /** As the user wrote it. */
  readonly text: string;
  /** Place in the spec, step kinds resolved to their index. */
  readonly path: Path;
}

const said = (text: string): string => `--set ${excerpt(text, 100)}`;

/**
 * A copy of the spec with the fields set, and where they are.
 * @throws Failure that lists every setting that is malformed or has no place in the spec.
 */
export function applyOverrides(
  input: unknown,
  settings: readonly string[],
  simulator: Pick<Simulator, "Spec" | "steps">,
): { value: unknown; overrides: Override[] } {
  const changes = settings.map(changeOf);
  const { spec, places, misfits } = variedInput(input, changes, simulator);
  if (misfits.length > 0) {
    const lines = misfits.map(({ change, message }) => `${said(settings[change]!)}: ${message}`);
    throw usageFailure(lines.join("\n"));
  }
  const overrides = settings.map((text, i) => ({ text, path: places[i]! }));
  return { value: spec, overrides: overrides.filter(({ path }) => path.length > 0) };
}

function changeOf(text: string): Change {
  const at = text.indexOf("=");
  if (at < 1) throw usageFailure(`${said(text)}: write it as path=value, as in seed=3.`);
  try {
    return [text.slice(0, at), readSpecText(text.slice(at + 1), { name: "--set" }).value];
  } catch {
    throw usageFailure(`${said(text)}: the value is not YAML; quote it if it is text.`);
  }
}
