// Runs in a browser: simulates the pinned specs with the umbrella package and posts their fingerprints to the server.
import { simulate } from "minisim";
import { fingerprint } from "../fingerprint.ts";
import { pinned } from "../specs.ts";

async function run(): Promise<unknown> {
  const prints: Record<string, Record<string, string>> = {};
  for (const [name, spec] of Object.entries(pinned)) {
    prints[name] = await fingerprint(await simulate(spec));
  }
  return prints;
}

run()
  .catch((error: unknown) => ({ error: String(error) }))
  .then((result) => fetch("/result", { method: "POST", body: JSON.stringify(result) }));
