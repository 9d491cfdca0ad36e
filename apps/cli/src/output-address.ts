// Outputs that are addresses: recordings may go to an object store, and nothing goes anywhere else but to a path.
import { usageFailure } from "./failure.ts";

/** The command that makes recordings, and the one that submits it. */
const WRITES_OBJECTS = ["simulate", "slurm"];

/** Before a command runs: a path that begins as an address does would become folders of that name. @throws Failure. */
export function checkOutput(command: string, output: unknown): void {
  if (typeof output !== "string") return;
  const [, scheme] = /^([a-z][a-z0-9+.-]+):\/\//i.exec(output) ?? [];
  if (scheme === undefined) return;
  if (scheme.toLowerCase() !== "s3")
    throw usageFailure(
      `-o ${output}: nothing is written there. Name a path, or s3://BUCKET/NAME.zarr for a recording.`,
    );
  if (WRITES_OBJECTS.includes(command)) return;
  throw usageFailure(`-o ${output}: simulate alone writes to an object store. Name a path.`);
}
