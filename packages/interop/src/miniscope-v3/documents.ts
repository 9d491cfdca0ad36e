// The text files of a legacy session: tables with tabs.
import type { Recorded } from "@minisim/recording";

/** Camera 0 is the miniscope; frames from 1; times in whole ms since the start. */
export function timestamps({ shape, spec }: Recorded): string {
  const { fps } = spec.acquisition;
  const rows = Array.from({ length: shape[0] }, (_, frame) => [
    0,
    frame + 1,
    Math.round((frame * 1000) / fps),
    1,
  ]);
  return table(["camNum", "frameNum", "sysClock", "buffer"], rows);
}

export function settingsAndNotes({ shape, cache_key, spec }: Recorded): string {
  const { fps } = spec.acquisition;
  const seconds = Math.round(shape[0] / fps);
  const settings = table(
    ["animal", "excitation", "msCamExposure", "recordLength"],
    [["simulated", 0, 0, seconds]],
  );
  const note = `simulated by minisim; spec ${cache_key} seed ${spec.seed}`;
  return `${settings}\n${table(["elapsedTime", "Note"], [[0, note]])}`;
}

const table = (
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string => [header, ...rows].map((row) => `${row.join("\t")}\n`).join("");
