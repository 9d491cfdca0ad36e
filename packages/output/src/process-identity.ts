// Which process wrote a lock, and whether it still lives. Numbers of processes are used again, so on Linux the moment of a process's
// start is compared too.
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

export interface Owner {
  readonly host: string;
  readonly pid: number;
  /** When the lock was taken: ISO 8601. */
  readonly since: string;
  /** Boot of the machine and start of the process within it; null where the system does not tell. */
  readonly birth: string | null;
}

/** A lock that was not touched for so long is dead, where nothing better is known of its owner. */
const SILENCE_MS = 600_000;

export const thisProcess = (): Owner => ({
  host: hostname(),
  pid: process.pid,
  since: new Date().toISOString(),
  birth: birthOf(process.pid),
});

export function ownerIn(text: string): Owner | undefined {
  try {
    const { host, pid, since, birth } = JSON.parse(text);
    const known = typeof host === "string" && Number.isInteger(pid) && typeof since === "string";
    return known
      ? { host, pid, since, birth: typeof birth === "string" ? birth : null }
      : undefined;
  } catch {
    return undefined;
  }
}

/** `silence_ms`: how long ago the owner touched its lock. */
export function ownerLives({ host, pid, birth }: Owner, silence_ms: number): boolean {
  if (host !== hostname()) return silence_ms < SILENCE_MS;
  const now = birthOf(pid);
  if (birth !== null && now !== null) return now === birth;
  return silence_ms < SILENCE_MS && processExists(pid);
}

/** `process 4242 on this machine, since 12:03:04 (3 minutes ago)` */
export function ownerInWords({ host, pid, since }: Owner): string {
  const where = host === hostname() ? "this machine" : host;
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(since)) / 1000));
  const ago = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  const clock = new Date(since).toTimeString().slice(0, 8);
  return `process ${pid} on ${where}, since ${clock} (${ago} ago)`;
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Linux: /proc/PID/stat, fields 3 and 22 (proc_pid_stat(5)). Null where the system does not tell. */
function birthOf(pid: number): string | null {
  const boot = textOf("/proc/sys/kernel/random/boot_id");
  if (boot === undefined) return null;
  const stat = textOf(`/proc/${pid}/stat`);
  if (stat === undefined) return "gone";
  // The second field is a name in parentheses that may hold anything.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // A zombie has ended and waits for its parent to notice.
  const ended = fields[0] === "Z" || fields[0] === "X";
  return ended ? "gone" : `${boot.trim()} ${fields[19]}`;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
