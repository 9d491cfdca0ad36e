// Rules for spikes and traces of one's own.
import type { Finding, Frozen } from "@minisim/spec";
import type { z } from "zod";
import { spikesBefore } from "./own.ts";
import type { cellActivityParams } from "./params.ts";

type Params = Frozen<z.output<typeof cellActivityParams>>;

/** A spec is text, and every recording carries it: this many numbers are 20 MB of it. */
const MOST_NUMBERS = 1_000_000;

const TIMING = [
  ["acquisition", "fps"],
  ["acquisition", "duration_s"],
];

export function checkOwn(
  { spike_times_s, dff }: Params,
  { fps, n_frames }: { readonly fps: number; readonly n_frames: number },
): Finding[] {
  const findings: Finding[] = [];
  const error = (
    code: string,
    field: string,
    message: string,
    involves: Finding["involves"] = [],
  ) => findings.push({ severity: "error", code, path: [field], message, involves });
  if (spike_times_s && dff) {
    const message = "cannot stand beside spike_times_s: light is of one or of the other.";
    error("spikes_and_traces", "dff", message, [["spike_times_s"]]);
  }
  for (const [field, lists] of Object.entries({ spike_times_s, dff })) {
    const numbers = countOf(lists ?? []);
    if (numbers <= MOST_NUMBERS) continue;
    const message = `has ${numbers} numbers; a spec, which every recording carries, takes ${MOST_NUMBERS}.`;
    error("too_many_numbers", field, message);
  }
  const wrong = (dff ?? []).findIndex((trace) => trace.length !== n_frames);
  if (wrong >= 0) {
    const message = `must have one value for each frame, ${n_frames} (that of cell ${wrong} has ${dff![wrong]!.length}).`;
    error("trace_length", "dff", message, TIMING);
  }
  const given = countOf(spike_times_s ?? []);
  const late = given - countOf(spikesBefore(spike_times_s ?? [], n_frames / fps));
  if (late > 0) {
    const all = late === given;
    const end = `after the end of the recording, ${n_frames / fps} s`;
    findings.push({
      severity: all ? "error" : "warning",
      code: "spikes_after_end",
      path: ["spike_times_s"],
      message: all
        ? `has all of its spikes ${end}. Times are in seconds from the start of frame 0.`
        : `has ${late} of ${given} spikes ${end}; they are left out.`,
      involves: TIMING,
    });
  }
  return findings;
}

const countOf = (lists: readonly (readonly number[])[]): number =>
  lists.reduce((sum, { length }) => sum + length, 0);
