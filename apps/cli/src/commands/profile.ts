// --profile: where the time of a simulation went, on stderr.
import type { StoreProfile } from "minisim/node";
import { columns } from "../print.ts";
import type { Context } from "./context.ts";

type Row = readonly [phase: string, seconds: number, note: string];

export function printProfile({ io, err }: Context, profile: StoreProfile): void {
  const rows = rowsOf(profile).map(([phase, seconds, note]) => [
    phase,
    `${seconds.toFixed(3).padStart(8)} s`,
    note,
  ]);
  for (const line of [err.bold("profile"), ...columns(rows, "  ")]) {
    io.stderr.write(`${line.trimEnd()}\n`);
  }
}

function rowsOf({ compile_s, finalize_s, render, truth_s, total_s }: StoreProfile): Row[] {
  const compile = Object.entries(compile_s).map(([kind, s]): Row => [`compile ${kind}`, s, ""]);
  const phases: Row[] = [...compile, ["finalize", finalize_s, ""]];
  if (render) {
    phases.push(["operands", render.operands_s, ""], ["weights", render.weights_s, ""]);
    for (const [index, { frames, start_s, render_s, deliver_s }] of render.workers.entries()) {
      const each = frames > 0 ? `, ${((1000 * render_s) / frames).toFixed(2)} ms each` : "";
      phases.push([`worker ${index + 1} starts`, start_s, ""]);
      phases.push([`worker ${index + 1} renders`, render_s, `${frames} frames${each}`]);
      phases.push([`worker ${index + 1} encodes and writes`, deliver_s, ""]);
    }
  }
  const beside = render && render.workers.length > 1 ? "while workers render" : "";
  phases.push(["ground truth", truth_s, beside], ["total", total_s, ""]);
  return phases;
}
