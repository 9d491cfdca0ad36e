// A child of a test: the engine as a process.
import { serveStdio } from "@minisim/bridge/node";

await serveStdio({ version: "1.2.3" });
