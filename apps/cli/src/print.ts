// Plain text layouts: tables, key-value lists, sizes.
import type { Io } from "./io.ts";

export const json = (io: Io, value: unknown): void => {
  io.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
};

export const lines = (io: Io, text: readonly string[]): void => {
  io.stdout.write(`${text.join("\n")}\n`);
};

/** Columns padded to their widest cell; the last one is left ragged. Colours do not count. */
export function columns(rows: readonly (readonly string[])[], indent = ""): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, width(cell));
  }
  return rows.map((row) =>
    (
      indent +
      row
        .map((cell, i) =>
          i === row.length - 1 ? cell : cell + " ".repeat(widths[i]! - width(cell)),
        )
        .join("  ")
    ).trimEnd(),
  );
}

const ANSI = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");
const width = (text: string): number => text.replace(ANSI, "").length;

/** Breaks text into lines of at most `limit` characters. */
export function wrap(text: string, limit: number): string[] {
  const result: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line && line.length + 1 + word.length > limit) {
      result.push(line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  if (line) result.push(line);
  return result;
}

/** 1536 → "1.5 KB". */
export function bytes(count: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** A number with about three digits that matter; "–" for none. */
export function short(value: number | null | undefined): string {
  if (value == null || Number.isNaN(value)) return "–";
  if (value === 0 || (Math.abs(value) >= 100 && Math.abs(value) < 1e6))
    return `${Math.round(value)}`;
  return `${Number(value.toPrecision(3))}`;
}
