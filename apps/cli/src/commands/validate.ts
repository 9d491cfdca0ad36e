// minisim validate: everything wrong with a spec, each at its place in the file.
import { EXIT } from "../failure.ts";
import { simulatorWith } from "../plugins.ts";
import { json, lines } from "../print.ts";
import { checkSpec } from "../spec-file.ts";
import type { Context } from "./context.ts";

export interface ValidateOptions {
  readonly set: readonly string[];
  readonly plugin: readonly string[];
  readonly json?: boolean;
}

/** The exit code. */
export async function validate(
  { io, out }: Context,
  source: string,
  { set, plugin, json: asJson }: ValidateOptions,
): Promise<number> {
  const simulator = await simulatorWith(plugin, io);
  const { spec, issues, messages } = await checkSpec({
    source,
    set,
    cwd: io.cwd,
    simulator,
    signal: io.signal,
  });
  if (asJson) {
    const cache_key = spec ? simulator.Spec.cacheKey(spec) : null;
    json(io, { valid: spec !== undefined, cache_key, issues });
  } else {
    if (messages.length > 0) lines(io, messages);
    if (spec) lines(io, [`${out.green("valid")} ${out.dim(simulator.Spec.cacheKey(spec))}`]);
  }
  return spec ? EXIT.ok : EXIT.failed;
}
