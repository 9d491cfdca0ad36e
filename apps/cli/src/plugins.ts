// --plugin PATH_OR_PACKAGE: steps of others, beside the built-in ones.
import { InputError } from "@minisim/spec/input";
import type { Simulator } from "minisim";
import * as plugins from "minisim/plugins";
import { Failure } from "./failure.ts";

/** The built-in steps and those of the plugins. @throws Failure for a plugin that cannot be used. */
export async function simulatorWith(names: readonly string[], cwd: string): Promise<Simulator> {
  try {
    return await plugins.simulatorWith(names, cwd);
  } catch (error) {
    if (error instanceof InputError) throw new Failure(error.message, 1, { cause: error });
    throw error;
  }
}
