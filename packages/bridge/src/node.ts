// @minisim/bridge/node: this process as the engine of the one that started it.
import { Console } from "node:console";
import process from "node:process";
import { createMethods } from "./methods.ts";
import { type Pipes, serve } from "./serve.ts";

/** Serves on standard input and output until the input ends, which it does with whoever holds its other end. */
export async function serveStdio({ version }: { readonly version: string }): Promise<void> {
  // Standard output belongs to the protocol: what anybody prints goes to where errors go.
  globalThis.console = new Console(process.stderr, process.stderr);
  // Ctrl-C in a terminal reaches this process too; what it means, the client decides.
  process.on("SIGINT", () => {});
  // A client that is gone does not read: its input has ended, too.
  process.stdout.on("error", () => {});
  const hello = { engine: version, runtime: `node ${process.version}` };
  await serve(stdio, { hello, methods: createMethods() });
}

const stdio: Pipes = {
  input: process.stdin,
  write: (pieces) =>
    new Promise((resolve) => {
      const last = pieces.length - 1;
      process.stdout.cork();
      for (const [i, piece] of pieces.entries()) {
        process.stdout.write(piece, () => i === last && resolve());
      }
      process.stdout.uncork();
    }),
};
