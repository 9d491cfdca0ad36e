// What one test of the suite is: a promise, and what is found to be wrong with it, in sentences.

import type { StepDefinition } from "@minisim/pipeline";
import { test } from "vitest";
import type { Bench, Params } from "./bench.ts";
import type { ConformanceOptions } from "./options.ts";

/** The step under test, and the bench that it is tried on. */
export interface Subject {
  readonly step: StepDefinition;
  readonly bench: Bench;
  readonly params: Params;
  readonly options: ConformanceOptions;
}

/** Registers a promise as a test, which fails with all sentences at once. */
export function promise(
  name: string,
  problems: () => readonly string[] | Promise<readonly string[]>,
): void {
  test(name, async () => {
    const found = await problems();
    if (found.length > 0) throw new BrokenPromise(found.join("\n"));
  });
}

class BrokenPromise extends Error {
  override readonly name = "BrokenPromise";
}

/** The sentences that there are. */
export const sentences = (...found: readonly (string | null | undefined | false)[]): string[] =>
  found.filter((sentence): sentence is string => typeof sentence === "string");
