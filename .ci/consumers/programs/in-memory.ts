// A recording in memory, with its truth.
import { simulate } from "minisim";
import { sha256 } from "./sha256.js";
import { spec } from "./spec.js";

const { observed, ground_truth } = await simulate(spec, { workers: 2 });
const cells: number = ground_truth.n_units;
console.log(JSON.stringify({ shape: observed.shape, cells, movie: await sha256(observed.data) }));
