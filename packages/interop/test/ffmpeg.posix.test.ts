// Programs in ffmpeg's place that behave badly: shell scripts.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { exportRecording, readMovie } from "@minisim/interop";
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

/** A program that decodes two frames of 2 × 3, whatever it is asked for. `first` is done before that. */
async function decoder(name: string, first: string): Promise<string> {
  const script = [
    "#!/bin/sh",
    first,
    'case "$*" in',
    "*yuv4mpegpipe*) printf 'YUV4MPEG2 W3 H2 F25:2 Ip A0:0 Cmono12 XCOLORRANGE=FULL\\nFRAME\\n' ;;",
    "*progress*) printf 'frame=1\\nprogress=continue\\nframe=2\\nprogress=end\\n' ;;",
    "*gray12le*) printf 'a\\0b\\0c\\0d\\0e\\0f\\0g\\0h\\0i\\0j\\0k\\0l\\1' ;;",
    "esac",
  ].join("\n");
  await writeFile(at(name), script, { mode: 0o755 });
  await writeFile(at("video.mkv"), Buffer.from("1a45dfa3", "hex"));
  return at(name);
}

test.each([
  ["new", ""],
  [
    "of before version 5.1",
    `case "$*" in *fps_mode*) echo "Unrecognized option 'fps_mode'." >&2; exit 8 ;; esac`,
  ],
])("a %s ffmpeg decodes 12 bits", async (name, first) => {
  const movie = await readMovie(at("video.mkv"), { ffmpeg: await decoder(name, first) });
  expect(movie).toMatchObject({ shape: [2, 2, 3], container: "uint16", fps: 12.5 });
  const frames: number[][] = [];
  for await (const { data } of movie.frames()) frames.push([...data]);
  expect(frames).toEqual([[97, 98, 99, 100, 101, 102, 103, 104, 105, 106, 107, 364]]);
  for await (const { start, data } of movie.frames({ start: 1, end: 2 })) {
    expect([start, ...data]).toEqual([1, 103, 104, 105, 106, 107, 364]);
  }
});

test.each([
  ["MJPG", true],
  ["FFV1", undefined],
])("an AVI of %s tells whether it has lost something", async (fourcc, isLossy) => {
  await exportRecording(await movieSource(movie), "avi", at(`${fourcc}.avi`));
  const avi = await readFile(at(`${fourcc}.avi`));
  for (let place = avi.indexOf("GREY"); place >= 0; place = avi.indexOf("GREY"))
    avi.write(fourcc, place);
  await writeFile(at(`${fourcc}.avi`), avi);
  const found = await readMovie(at(`${fourcc}.avi`), { ffmpeg: await decoder("any", "") });
  expect([found.shape, found.is_lossy]).toEqual([[2, 2, 3], isLossy]);
});

test.each([
  [
    "says why it cannot",
    "echo 'Invalid data found' >&2; exit 1",
    /cannot decode .*video\.mkv: Invalid data found\.$/,
  ],
  ["dies without a word", "kill -9 $$", /cannot decode .*video\.mkv: it ended with SIGKILL\.$/],
  ["says nothing", "exit 0", /video\.mkv holds no video that ffmpeg decodes\.$/],
  [
    "stops early",
    'case "$*" in *gray12le*) printf abcd; exit 0 ;; esac',
    /video\.mkv ended after 0 of 2 frames\.$/,
  ],
])("a decoder that %s", async (name, first, message) => {
  const ffmpeg = await decoder(name.replaceAll(" ", "-"), first);
  const whole = async () => {
    for await (const _ of (await readMovie(at("video.mkv"), { ffmpeg })).frames());
  };
  await expect(whole()).rejects.toMatchObject({
    code: "malformed",
    message: expect.stringMatching(message),
  });
});
