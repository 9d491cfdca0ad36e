// A page that simulates on its own thread and on two workers, and posts what came out.
import { simulate } from "minisim";
import { sha256 } from "../common/sha256.js";
import { spec } from "../common/spec.js";

const movies: string[] = [];
for (const workers of [0, 2]) {
  const { observed } = await simulate(spec, { workers });
  movies.push(await sha256(observed.data));
}
await fetch("/result", { method: "POST", body: JSON.stringify(movies) });
