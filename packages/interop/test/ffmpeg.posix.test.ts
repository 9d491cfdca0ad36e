// Programs in ffmpeg's place that behave badly: shell scripts.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { exportRecording } from "@minisim/interop";
import { expect, test } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { movieSource } from "./sources.ts";

const at = temporaryFolder();

/** Larger than a pipe's buffer, so that a program that does not read is noticed. */
const movie = { frames: 40, height: 100, width: 100 };

async function exportWith(script: string, name: string, options = {}) {
  const ffmpeg = at(`program-${Math.abs(script.length)}`);
  await writeFile(ffmpeg, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const settings = { codec: "ffv1", ffmpeg };
  await exportRecording(await movieSource(movie), "avi", at(name), { settings, ...options });
}

test("it gets every frame's bytes, and the file where it is to write", async () => {
  await exportWith(`for last; do :; done; cat > "$last"; echo "$@" > ${at("arguments")}`, "a.avi");
  expect((await readFile(at("a.avi"))).length).toBe(40 * 100 * 100);
  const words = await readFile(at("arguments"), "utf8");
  expect(words).toContain("-f rawvideo -pix_fmt gray -s 100x100 -r 20 -i -");
  expect(words).toContain("-c:v ffv1 -level 3 -g 1");
});

test.each([
  [
    "fails at once, saying why",
    "echo one >&2; echo 'Unknown encoder ffv1' >&2; exit 1",
    "ffmpeg failed: Unknown encoder ffv1.",
  ],
  [
    "fails after all frames",
    "cat > /dev/null; echo 'No space' >&2; exit 1",
    "ffmpeg failed: No space.",
  ],
  ["dies without a word", "kill -9 $$", "ffmpeg failed: it ended with SIGKILL."],
  ["ends well before it has all", "exit 0", "ffmpeg ended before all frames were written."],
])("a program that %s", async (_, script, message) => {
  await expect(exportWith(script, "bad.avi")).rejects.toMatchObject({
    name: "InteropError",
    code: "io",
    message,
  });
  expect((await readdir(at("."))).filter((name) => name.includes("bad.avi"))).toEqual([]);
});

test("an abort ends it, and what it wrote goes", async () => {
  const control = new AbortController();
  const script = 'for last; do :; done; cat > "$last"; sleep 60';
  const onProgress = () => control.abort(new Error("enough"));
  await expect(
    exportWith(script, "bad.avi", { signal: control.signal, onProgress }),
  ).rejects.toThrow("enough");
  expect((await readdir(at("."))).filter((name) => name.includes("bad.avi"))).toEqual([]);
});

test("a program that may not be run", async () => {
  await writeFile(at("plain"), "no program");
  const settings = { codec: "ffv1", ffmpeg: at("plain") };
  await expect(
    exportRecording(await movieSource(movie), "avi", at("b.avi"), { settings }),
  ).rejects.toMatchObject({ code: "unsupported", message: expect.stringContaining("(EACCES)") });
});
