// The command line as a process of its own, on the sources: for what only a process has, its standard input.
import { run } from "@minisim/cli";

await run();
