// A service in one file, which simulates to a store on its own thread.
import { simulateToStore } from "minisim/node";
import { spec } from "../common/spec.js";

await simulateToStore(spec, process.argv[2] ?? "", { workers: 0 });
