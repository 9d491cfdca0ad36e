// The process: what it writes is the protocol and nothing else, and it ends with its input.
import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { encodeMessage } from "@minisim/bridge";
import { expect, test } from "vitest";
import { joined, messagesIn } from "./pipes.ts";

const runner = fileURLToPath(import.meta.resolve("@minisim/build/run"));
const program = fileURLToPath(new URL("stdio-child.ts", import.meta.url));

function start() {
  const child = spawn(process.execPath, [runner, program], { stdio: "pipe" });
  const out: Uint8Array[] = [];
  let errors = "";
  child.stdout.on("data", (piece: Uint8Array) => out.push(piece));
  child.stderr.on("data", (text) => {
    errors += text;
  });
  return { child, out, errors: () => errors };
}

test("serves until its input ends", async () => {
  const { child, out, errors } = start();
  child.stdin.end(joined(encodeMessage({ id: 1, method: "preset", params: { name: "nope" } })));
  expect(await once(child, "close")).toEqual([0, null]);
  expect(errors()).toBe("");
  expect(await messagesIn(out)).toMatchObject([
    { type: "hello", engine: "1.2.3", runtime: `node ${process.version}` },
    { id: 1, type: "result", value: null },
  ]);
});

test("ends in order when nobody reads", async () => {
  const { child, errors } = start();
  await once(child.stdout, "data");
  child.stdout.destroy();
  child.stdin.write(joined(encodeMessage({ id: 1, method: "presets" })));
  child.stdin.end();
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(errors()).toBe("");
});
