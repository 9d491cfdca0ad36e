// What pages post to the server: the fingerprints of the pinned specs, or the error that came instead.
import { type SimulateOptions, simulate } from "minisim";
import { fingerprint } from "../fingerprint.ts";
import { pinned } from "../specs.ts";

export async function prints(options: SimulateOptions = {}): Promise<unknown> {
  const found: Record<string, Record<string, string>> = {};
  for (const [name, spec] of Object.entries(pinned)) {
    found[name] = await fingerprint(await simulate(spec, options));
  }
  return found;
}

export function post(run: () => Promise<unknown>): void {
  run()
    .catch((error: unknown) => ({ error: String(error) }))
    .then((result) => fetch("/result", { method: "POST", body: JSON.stringify(result) }));
}
