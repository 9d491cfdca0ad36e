// Exports a movie of 1 MiB, for disk.posix.test.ts: in a process with limits of its own. Prints what went wrong.
import { exportRecording } from "@minisim/interop";
import { PathError } from "@minisim/output";
import { movieSource } from "./sources.ts";

const [, , format, path, user] = process.argv;
const source = await movieSource({ frames: 64, height: 128, width: 128 });
// No permission stops the superuser.
if (user !== undefined && process.getuid!() === 0) process.setuid!(Number(user));
try {
  await exportRecording(source, format!, path!);
} catch (error) {
  if (!(error instanceof PathError)) throw error;
  process.stdout.write(JSON.stringify({ code: error.code, message: error.message }));
}
