// One recording, one set of bytes, on any number of threads, in memory and on disk; and one clear end when something fails.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { simulate } from "minisim";
import { type StoreOptions, simulateToStore } from "minisim/node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fingerprint } from "./fingerprint.ts";
import golden from "./golden.json" with { type: "json" };
import { rippled, rippling } from "./ripple.ts";
import { pinned } from "./specs.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "minisim-workers-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Every file below a folder. */
function filesOf(name: string): string[] {
  const root = join(folder, name);
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((e) => join(e.parentPath, e.name));
  return files.sort().map((file) => file.slice(root.length));
}

const sameFile = (file: string, one: string, other: string) =>
  readFileSync(join(folder, one, file)).equals(readFileSync(join(folder, other, file)));

const store = (name: string, options: Omit<StoreOptions, "simulator"> = {}, spec = rippled()) =>
  simulateToStore(spec, join(folder, name), { simulator: rippling, ...options });

describe("in memory", () => {
  test.each(
    [2, 3].flatMap((workers) => [1, 7, 8, 64].map((blockFrames) => ({ workers, blockFrames }))),
  )("all twelve steps have the pinned bytes: %o", async (options) => {
    const recording = await simulate(pinned.all_twelve, options);
    expect(await fingerprint(recording)).toEqual(golden.all_twelve);
  });

  test.each(["minimal", "variant"] as const)("so has %s", async (name) => {
    const recording = await simulate(pinned[name], { workers: 2, blockFrames: 7 });
    expect(await fingerprint(recording)).toEqual(golden[name]);
  });

  test("a verb from outside and snapshots: as on one thread", async () => {
    const one = await rippling.simulate(rippled());
    const two = await rippling.simulate(rippled(), { workers: 2 });
    expect(Buffer.compare(bytes(two.observed.data), bytes(one.observed.data))).toBe(0);
    expect(Object.keys(two.snapshots)).toContain("ripple");
    for (const [name, { movie }] of Object.entries(one.snapshots)) {
      expect(Buffer.compare(bytes(two.snapshots[name]!.movie.data), bytes(movie.data))).toBe(0);
    }
  });
});

const bytes = ({ buffer }: ArrayBufferView) => Buffer.from(buffer);

describe("streamed", () => {
  test("the same store, file by file", async () => {
    await store("one.zarr", { workers: 1 });
    const expected = filesOf("one.zarr");
    const chunks = expected.filter((file) => file.startsWith("/observed/c/"));
    expect(chunks).toHaveLength(5);
    for (const options of [{ workers: 2, blockFrames: 7 }, { workers: 3 }, {}]) {
      const heard: number[] = [];
      const onProgress = ({ done }: { readonly done: number }) => heard.push(done);
      const { profile } = await store("more.zarr", { ...options, force: true, onProgress });
      expect(heard).toEqual([...heard].sort((a, b) => a - b));
      expect(heard.at(-1)).toBe(40);
      expect(filesOf("more.zarr")).toEqual(expected);
      expect(expected.filter((file) => !sameFile(file, "one.zarr", "more.zarr"))).toEqual([]);
      const workers = profile.render!.workers;
      expect(workers.reduce((sum, { frames }) => sum + frames, 0)).toBe(40);
    }
  });
});

describe.each([1, 2])("on %i threads", (workers) => {
  test("an abort in the middle leaves nothing and rejects with the reason", async () => {
    const control = new AbortController();
    const run = store("a.zarr", {
      workers,
      signal: control.signal,
      onProgress: ({ done }) => {
        if (done >= 20) control.abort(new Error("enough"));
      },
    });
    await expect(run).rejects.toThrow(new Error("enough"));
    expect(readdirSync(folder)).toEqual([]);
  });

  test("a verb that throws is one error that names the frames, and leaves nothing", async () => {
    const run = store("a.zarr", { workers }, rippled({ fail_at: 20 }));
    await expect(run).rejects.toThrow(/^Rendering frames 16 to 23 failed: the ripple broke$/);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("a disk that fails is that error", async () => {
    const control = new AbortController();
    // The folder of the growing chunks becomes a file: what stands for a disk that goes away.
    const run = store("a.zarr", {
      workers,
      signal: control.signal,
      onProgress: once(() => {
        const observed = join(folder, "a.zarr.partial", "observed");
        rmSync(observed, { recursive: true });
        writeFileSync(observed, "");
      }),
    });
    await expect(run).rejects.toMatchObject({ name: "PathError", code: "not_a_folder" });
    // Nobody wrote that file here, so it is not removed, and neither is the folder that holds it.
    expect(readdirSync(join(folder, "a.zarr.partial"))).toContain("observed");
  });
});

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}

test("a worker that exits is one error that names the frames, and leaves nothing", async () => {
  const run = store("a.zarr", { workers: 2 }, rippled({ fail_at: 20, how: "exit" }));
  await expect(run).rejects.toThrow(
    /^A render worker stopped with exit code 7 while it rendered frames 16 to 23\.$/,
  );
  expect(readdirSync(folder)).toEqual([]);
});

test("nothing keeps the process alive afterwards", async () => {
  const runner = fileURLToPath(import.meta.resolve("@minisim/build/run"));
  const script = fileURLToPath(new URL("./run-workers.ts", import.meta.url));
  const child = spawn(process.execPath, [runner, script, join(folder, "a.zarr")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (piece) => {
    said += piece;
  });
  const code = await new Promise((resolve) => child.once("exit", resolve));
  expect({ code, said }).toEqual({ code: 0, said: "done 40, then: enough" });
});
