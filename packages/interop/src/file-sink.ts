// A sink into a file of the disk.
import { open } from "node:fs/promises";
import { Sink } from "./sink.ts";

/** Runs `write` on a new file at `path` and closes it, whatever happens. */
export async function writeFileSink(
  path: string,
  write: (sink: Sink) => Promise<void>,
): Promise<void> {
  const file = await open(path, "wx");
  try {
    await Sink.onto(async (bytes, position) => {
      for (let done = 0; done < bytes.length; ) {
        const left = bytes.length - done;
        const { bytesWritten } = await file.write(bytes, done, left, position + done);
        done += bytesWritten;
      }
    }, write);
  } finally {
    await file.close();
  }
}
