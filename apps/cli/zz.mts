import { run } from "./src/main.ts";
await run();
