// A recording behind a web server: the same frames and truth, only the chunks that are asked for, and one sentence for whatever is wrong.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { createHttpStorage } from "@minisim/store";
import { loadRecording, openRecording, simulateToStore } from "minisim/node";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { minimal } from "./specs.ts";

let folder = "";
let server: Server;
let address = "";
let asked: string[] = [];
/** What the server does instead, for the first requests of a key. */
let troubles: Map<string, number[]>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "minisim-http-"));
  // Five chunks.
  const image_sensor = { n_px_height: 184, n_px_width: 184 };
  await simulateToStore(
    {
      ...minimal,
      acquisition: { duration_s: 13, image_sensor },
      output: { save_intermediates: true },
    },
    join(folder, "r.zarr"),
  );
  server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url!, "http://localhost");
    const key = pathname.replace("/data/r.zarr/", "");
    asked.push(`${key}${search}`);
    const trouble = troubles.get(key)?.shift();
    if (trouble === 0) return request.socket.destroy();
    if (trouble !== undefined) return response.writeHead(trouble).end();
    try {
      return response.end(readFileSync(join(folder, "r.zarr", key)));
    } catch {
      return response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/data/r.zarr`;
});
beforeEach(() => {
  asked = [];
  troubles = new Map();
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

test("it is what the folder is", async () => {
  const near = await loadRecording(join(folder, "r.zarr"));
  const far = await loadRecording(`${address}/`);
  // Not by the test runner's own comparison: that of millions of pixels takes it a minute.
  for (const part of ["observed", "ground_truth", "spec"] as const) {
    expect([part, isDeepStrictEqual(far[part], near[part])]).toEqual([part, true]);
  }
});

test("opening reads no movie, and frames are read by their chunks", async () => {
  const recording = await openRecording(address);
  expect(asked.filter((key) => key.includes("/c/"))).toEqual([]);
  // Each part of the metadata is asked for once.
  expect(new Set(asked).size).toBe(asked.length);
  asked = [];
  expect(await recording.readFrames(70, 71)).toHaveLength(184 * 184);
  expect(asked).toEqual(["observed/c/1/0/0"]);
  expect(await recording.verify()).toEqual([]);
});

test("a server that fails for a moment is asked again; one that refuses is not", async () => {
  troubles.set("zarr.json", [503, 0]);
  await openRecording(address);
  const recording = await openRecording(address);
  troubles.set("observed/c/0/0/0", [403]);
  asked = [];
  await expect(recording.readFrames(0, 1)).rejects.toMatchObject({
    kind: "store",
    code: "unreachable",
    message: `${address}/observed/c/0/0/0 could not be read: 403 Forbidden.`,
  });
  expect(asked).toHaveLength(1);
  troubles.set("observed/c/0/0/0", [500, 500, 500]);
  await expect(recording.readFrames(0, 1)).rejects.toMatchObject({ code: "unreachable" });
});

test("what is missing, damaged or nothing of ours is said as for a folder", async () => {
  const recording = await openRecording(address);
  const path = join(folder, "r.zarr/observed/c/2/0/0");
  const whole = readFileSync(path);
  const damaged = Buffer.from(whole);
  damaged[100]! ^= 1;
  writeFileSync(path, damaged);
  const [error, ...others] = await recording.verify();
  expect(error).toMatchObject({ code: "corrupt", key: "observed/c/2/0/0" });
  expect(others).toEqual([]);
  writeFileSync(path, whole);
  troubles.set("observed/c/2/0/0", [404]);
  expect(await recording.verify()).toMatchObject([{ code: "missing", key: "observed/c/2/0/0" }]);
  await expect(openRecording(`${address}/nowhere`)).rejects.toMatchObject({
    code: "not_a_recording",
  });
});

test("a query goes with every request, and nothing is written", async () => {
  await openRecording(`${address}?token=1`);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.every((key) => key.endsWith("?token=1"))).toBe(true);
  await expect(createHttpStorage(address).write("a", new Uint8Array())).rejects.toMatchObject({
    code: "invalid",
  });
});
