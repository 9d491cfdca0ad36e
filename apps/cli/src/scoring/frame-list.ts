// Which frames of a recording a pipeline was given: a range, or the log of an export that lost some.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Failure, usageFailure } from "../failure.ts";

const [SOURCE, WRITTEN] = ["source_frame", "written_frame"];

/** Rising frame numbers. @throws Failure for what is neither. */
export async function framesOf(text: string, cwd: string): Promise<readonly number[]> {
  const [, from, to] = /^(\d+):(\d+)$/.exec(text) ?? [];
  if (from !== undefined && to !== undefined) {
    const length = Math.max(0, Number(to) - Number(from));
    return Array.from({ length }, (_, k) => Number(from) + k);
  }
  if (!text.endsWith(".csv")) {
    throw usageFailure(
      `--frames ${text}: it is FROM:TO (TO is not among them) or an acquisition_log.csv.`,
    );
  }
  return writtenFrames(text, await readText(text, cwd));
}

async function readText(file: string, cwd: string): Promise<string> {
  try {
    return await readFile(resolve(cwd, file), "utf8");
  } catch (error) {
    throw new Failure(`--frames ${file}: it cannot be read.`, 1, { cause: error });
  }
}

/** The frames that were not lost, by the log's columns. */
function writtenFrames(file: string, text: string): number[] {
  const [head = "", ...lines] = text.trim().split(/\r?\n/);
  const columns = head.split(",");
  const [source, written] = [columns.indexOf(SOURCE!), columns.indexOf(WRITTEN!)];
  if (source < 0 || written < 0) {
    throw new Failure(`--frames ${file}: it has no columns ${SOURCE} and ${WRITTEN}.`, 1);
  }
  const rows = lines.map((line) => line.split(","));
  return rows.filter((row) => row[written] !== "").map((row) => Number(row[source]));
}
