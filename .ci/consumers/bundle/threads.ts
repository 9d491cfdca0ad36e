// The same on two threads, which run two more files beside the bundle.
import { simulateToStore } from "minisim/node";
import { spec } from "../common/spec.js";

await simulateToStore(spec, process.argv[2] ?? "", { workers: 2 });
