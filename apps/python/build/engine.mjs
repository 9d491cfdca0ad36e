// What a Python session starts: the engine on standard input and output. The bundler puts the version in.
import process from "node:process";
import { serveStdio } from "@minisim/bridge/node";

await serveStdio({ version: ENGINE_VERSION });
// Threads that somebody forgot would keep the process.
process.exit();
