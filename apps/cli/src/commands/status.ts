// minisim status: how far an output is that shards make.
import { type SweepStatus, sweepStatus } from "@minisim/sweep/node";
import { isObjectAddress, type RecordingStatus, recordingStatus } from "minisim/node";
import { columns, json, lines } from "../print.ts";
import { recordingPlace } from "../stored.ts";
import type { Context } from "./context.ts";

export async function status(
  { io, out }: Context,
  output: string,
  options: { readonly json?: boolean },
): Promise<void> {
  const path = recordingPlace(io.cwd, output);
  const sweep = isObjectAddress(path) ? undefined : await sweepStatus(path);
  if (sweep) {
    if (options.json) return json(io, { path: output, ...sweep });
    return lines(io, [out.bold(output), ...sweepInWords(sweep, output).map((line) => `  ${line}`)]);
  }
  const found = await recordingStatus(path);
  if (options.json) return json(io, { path: output, ...found });
  lines(io, [out.bold(output), ...wordsOf(found, output).map((line) => `  ${line}`)]);
}

function wordsOf(found: RecordingStatus, output: string): string[] {
  const { state, chunks, done, has_truth, shards } = found;
  if (state === "finished") return ["finished"];
  if (state === "nothing") return ["nothing is there"];
  if (state === "partial" && isObjectAddress(output)) {
    const far = chunks > 0 ? `, with ${done} of ${chunks} chunks` : "";
    const end = done === chunks && has_truth ? `, and minisim finish ${output} ends it` : "";
    return [`one process makes it, or has left it${far}: the same command goes on with that${end}`];
  }
  if (state === "partial") {
    return [
      `one process makes it, or has left it, in ${output}.partial: --resume goes on with that`,
    ];
  }
  const truth = has_truth ? "the ground truth is there" : "the ground truth is not there yet";
  const open = shards.filter((one) => one.done < one.chunks || (one.number === 1 && !has_truth));
  if (open.length === 0) return [`everything is there; minisim finish ${output} puts it together`];
  const rows = open.map(({ number, chunks: own, done: there }) => [
    `shard ${number}/${shards.length}`,
    `${there} of ${own}`,
  ]);
  return [`${done} of ${chunks} chunks; ${truth}`, ...columns(rows)];
}

function sweepInWords(
  { points, done, failed, has_table, shards }: SweepStatus,
  output: string,
): string[] {
  const and = failed > 0 ? `, ${failed} of them failed` : "";
  if (done === points) {
    const table = has_table ? "and the table" : `; minisim finish ${output} makes the table`;
    return [`all ${points} points are there${and}${has_table ? " " : ""}${table}`];
  }
  const rows = shards
    .filter((one) => one.done < one.points)
    .map((one) => [`shard ${one.number}/${shards.length}`, `${one.done} of ${one.points}`]);
  return [`${done} of ${points} points${and}`, ...columns(rows)];
}
