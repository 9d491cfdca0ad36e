// An installation may hold a package twice, as where a step asks for another version of the pipeline than the simulator: what steps of
// one copy leave, those of the other find, because tokens are known by name and values by what they are.
import { cpSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { spec } from "./common/spec.ts";
import { copied, expectedMovie, node } from "./run.ts";

let project = "";
beforeAll(() => {
  project = copied("twice.mjs");
  for (const name of ["minisim", "@minisim"]) {
    const from = join(project, "node_modules", name);
    cpSync(from, join(project, "second/node_modules", name), { recursive: true });
  }
});

test("steps of two installations make one movie", async () => {
  const { movie } = await expectedMovie();
  const printed = await node("twice.mjs", [JSON.stringify(spec)], project);
  expect(JSON.parse(printed)).toEqual([movie, movie]);
});
