// The progress line on stderr: bar, count, rate, time left. Only where a person watches a terminal.
import type { Colors, Stream } from "./io.ts";

const REDRAW_MS = 100;
const BAR_WIDTH = 28;
const CLEAR_LINE = "\r\u001b[K";

export interface ProgressReport {
  /** Replaces the line by a word about what goes on before the first frame. */
  label(text: string): void;
  frames(progress: { readonly done: number; readonly total: number }): void;
  /** Takes the line away. */
  clear(): void;
}

export const SILENT: ProgressReport = { label() {}, frames() {}, clear() {} };

export function progressOn(
  stream: Stream,
  colors: Colors,
  now = () => performance.now(),
): ProgressReport {
  let started: { time: number; done: number } | undefined;
  let drawn = Number.NEGATIVE_INFINITY;
  const draw = (line: string) => stream.write(`${CLEAR_LINE}${line}`);
  return {
    label(text) {
      draw(colors.dim(text));
    },
    frames({ done, total }) {
      const time = now();
      started ??= { time, done };
      if (time - drawn < REDRAW_MS && done < total) return;
      drawn = time;
      const seconds = (time - started.time) / 1000;
      const rate = seconds > 0 ? (done - started.done) / seconds : 0;
      draw(progressLine({ done, total, rate, columns: stream.columns ?? 80 }, colors));
    },
    clear() {
      stream.write(CLEAR_LINE);
    },
  };
}

interface State {
  readonly done: number;
  readonly total: number;
  /** Frames per second; 0: not known yet. */
  readonly rate: number;
  readonly columns: number;
}

/** As much of bar, count, rate and time left as fits the terminal. */
export function progressLine({ done, total, rate, columns }: State, colors: Colors): string {
  const share = total === 0 ? 1 : done / total;
  const words = [`${done}/${total} frames`];
  if (rate > 0) {
    words.push(`${rate < 10 ? rate.toFixed(1) : Math.round(rate)} frames/s`);
    words.push(`ETA ${clock((total - done) / rate)}`);
  }
  const text = words.join("  ");
  const width = Math.min(BAR_WIDTH, columns - text.length - 8);
  const percent = `${Math.floor(share * 100)}`.padStart(3);
  if (width < 4) return text.slice(0, Math.max(0, columns - 1));
  const full = Math.round(share * width);
  const bar = colors.cyan("━".repeat(full)) + colors.dim("━".repeat(width - full));
  return `${bar} ${percent}%  ${text}`;
}

/** 75 → "1:15", 3675 → "1:01:15". */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, i) => (i === 0 ? `${part}` : `${part}`.padStart(2, "0"))).join(":");
}
