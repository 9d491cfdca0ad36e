// Progress on stderr. On a terminal: one line that is drawn anew, with bar, count, rate and time left. Elsewhere, in the log of a
// cluster job for one: a line now and then.
import type { Context } from "./commands/context.ts";
import type { Colors, Stream } from "./io.ts";

const REDRAW_MS = 100;
const LOG_MS = 30_000;
const BAR_WIDTH = 28;
const CLEAR_LINE = "\r\u001b[K";

export interface ProgressReport {
  /** Replaces the line by a word about what goes on before the first frame. */
  label(text: string): void;
  frames(progress: { readonly done: number; readonly total: number }): void;
  /** Takes the line away. */
  clear(): void;
}

const SILENT: ProgressReport = { label() {}, frames() {}, clear() {} };

/** The progress of a command: none with --quiet. */
export function progressFor(
  { io, err }: Pick<Context, "io" | "err">,
  { quiet }: { readonly quiet?: boolean },
  now: () => number = () => performance.now(),
): ProgressReport {
  if (quiet) return SILENT;
  return io.stderr.isTTY === true ? drawnOn(io.stderr, err, now) : loggedOn(io.stderr, now);
}

function drawnOn(stream: Stream, colors: Colors, now: () => number): ProgressReport {
  const pace = paceOf(now);
  let drawn = Number.NEGATIVE_INFINITY;
  const draw = (line: string) => stream.write(`${CLEAR_LINE}${line}`);
  return {
    label(text) {
      draw(colors.dim(text));
    },
    frames({ done, total }) {
      const { time, rate } = pace(done);
      if (time - drawn < REDRAW_MS && done < total) return;
      drawn = time;
      draw(progressLine({ done, total, rate, columns: stream.columns ?? 80 }, colors));
    },
    clear() {
      stream.write(CLEAR_LINE);
    },
  };
}

function loggedOn(stream: Stream, now: () => number): ProgressReport {
  const pace = paceOf(now);
  let logged = now();
  return {
    label() {},
    frames({ done, total }) {
      const { time, rate } = pace(done);
      if (time - logged < LOG_MS) return;
      logged = time;
      stream.write(`${words({ done, total, rate }).join("  ")}\n`);
    },
    clear() {},
  };
}

/** Frames per second since the first report. */
function paceOf(now: () => number) {
  let started: { time: number; done: number } | undefined;
  return (done: number): { time: number; rate: number } => {
    const time = now();
    started ??= { time, done };
    const seconds = (time - started.time) / 1000;
    return { time, rate: seconds > 0 ? (done - started.done) / seconds : 0 };
  };
}

interface State {
  readonly done: number;
  readonly total: number;
  /** Frames per second; 0: not known yet. */
  readonly rate: number;
}

function words({ done, total, rate }: State): string[] {
  const count = `${done}/${total} frames`;
  if (rate <= 0) return [count];
  const shown = rate < 10 ? rate.toFixed(1) : Math.round(rate);
  return [count, `${shown} frames/s`, `ETA ${clock((total - done) / rate)}`];
}

/** As much of bar, count, rate and time left as fits the terminal. */
export function progressLine(
  { columns, ...state }: State & { readonly columns: number },
  colors: Colors,
): string {
  const { done, total } = state;
  const share = total === 0 ? 1 : done / total;
  const text = words(state).join("  ");
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
