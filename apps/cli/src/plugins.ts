// --plugin PATH_OR_PACKAGE: steps of others, beside the built-in ones.
import { InputError } from "@minisim/spec/input";
import type { Simulator } from "minisim";
import * as plugins from "minisim/plugins";
import { Failure } from "./failure.ts";
import type { Io } from "./io.ts";

/** The built-in steps and those of the plugins, for a command. @throws Failure for a plugin that cannot be used. */
export async function simulatorWith(
  names: readonly string[],
  io: Pick<Io, "cwd" | "interruptible">,
): Promise<Simulator> {
  try {
    return heedful(await plugins.simulatorWith(names, io.cwd), io);
  } catch (error) {
    if (error instanceof InputError) throw new Failure(error.message, 1, { cause: error });
    throw error;
  }
}

/** Can be interrupted while it prepares a scene, which of a long recording takes minutes, and writes nothing. */
function heedful(
  simulator: Simulator,
  { interruptible = (work) => work() }: Pick<Io, "interruptible">,
): Simulator {
  return {
    ...simulator,
    compile: (spec, options) => interruptible(() => simulator.compile(spec, options)),
  };
}
