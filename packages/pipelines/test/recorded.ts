// A folder, a cache and a recording of a fraction of a second, for each test file.
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Recording } from "@minisim/recording";
import { openCache } from "@minisim/sweep/node";
import { simulate } from "minisim";
import { afterAll, beforeAll } from "vitest";
import { recordingKey, spec } from "./tiny-spec.ts";

let folder = "";
let recording: Recording;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "minisim-pipelines-")));
  recording = await simulate(spec);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

export const at = (...names: string[]): string => join(folder, ...names);
export const fixture = (name: string): string =>
  fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

export const cache = () => openCache(at("cache"));
/** What every run needs. */
export const input = () => ({
  recording,
  recordingKey,
});
