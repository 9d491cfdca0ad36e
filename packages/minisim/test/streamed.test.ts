// Streamed to disk or held in memory: the same bytes, and the same files.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simulate } from "minisim";
import { loadRecording, saveRecording, simulateToStore } from "minisim/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { filesOf } from "./files.ts";
import { fingerprint } from "./fingerprint.ts";
import golden from "./golden.json" with { type: "json" };
import { pinned } from "./specs.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "minisim-streamed-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(Object.entries(pinned))("%s", (name, spec) => {
  test("streamed and loaded again, it has the pinned bytes", async () => {
    const path = join(folder, `${name}.zarr`);
    await simulateToStore(spec, path, { blockFrames: 7 });
    const recording = await loadRecording(path);
    expect(recording.warnings).toEqual((await simulate(spec)).warnings);
    expect(await fingerprint(recording)).toEqual(golden[name as keyof typeof golden]);
  });

  test("saved from memory, it is the same store, file by file", async () => {
    const streamed = join(folder, `${name}-streamed.zarr`);
    const saved = join(folder, `${name}-saved.zarr`);
    const withSnapshots = { ...spec, output: { save_intermediates: true } };
    await simulateToStore(withSnapshots, streamed);
    await saveRecording(await simulate(withSnapshots), saved);
    const files = filesOf(streamed);
    expect(files.size).toBeGreaterThan(20);
    expect([...filesOf(saved).keys()]).toEqual([...files.keys()]);
    const different = [...filesOf(saved)].filter(([file, bytes]) => files.get(file) !== bytes);
    expect(different.map(([file]) => file)).toEqual([]);
  });
});
