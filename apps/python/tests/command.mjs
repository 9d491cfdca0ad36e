// The command line, from its sources.
import { run } from "../../cli/src/main.ts";

await run();
