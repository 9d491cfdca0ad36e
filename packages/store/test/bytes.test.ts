// The same recording gives the same bytes, whichever way it was written.
import { nd, Recording } from "@minisim/recording";
import {
  createMemoryStorage,
  createRecordingWriter,
  encodeMovieChunk,
  headerOf,
  openRecording,
} from "@minisim/store";
import { expect, test } from "vitest";
import { counts, makeRecording, makeSpec, makeTruth, numbers, stored } from "./make.ts";

// A little under 8 MiB a frame: two frames fill a chunk of at most 16 MiB, so of two chunks the last one is padded.
const SIDE = 2800;
const FRAMES = 3;
const size = SIDE * SIDE;

function largeRecording(): Recording {
  const pixels = new Float32Array(FRAMES * size);
  for (let t = 0; t < FRAMES; t++) pixels.set(counts(5000, 255, t + 1), t * size + 1000 * t);
  return new Recording({
    spec: makeSpec(),
    observed: nd(pixels, [FRAMES, SIDE, SIDE]),
    ground_truth: makeTruth({ frames: FRAMES, fov: [SIDE, SIDE] }, { step_fields: [] }),
  });
}

test("streamed in integers, out of order, partly encoded elsewhere and one chunk twice, equals saved from floats", async () => {
  const recording = largeRecording();
  const saved = await stored(recording);
  expect([...saved.keys()].filter((key) => key.startsWith("observed/c/"))).toEqual([
    "observed/c/0/0/0",
    "observed/c/1/0/0",
  ]);

  const entries = new Map<string, Uint8Array>();
  const header = await headerOf(recording);
  const writer = await createRecordingWriter(createMemoryStorage(entries), header);
  expect(writer.chunkFrames).toBe(2);
  const bytes = Uint8Array.from(recording.observed.data);
  const part = (from: number, to: number) => bytes.subarray(from * size, to * size);
  await writer.writeChunk(1, part(0, 1));
  const sent = structuredClone(writer.layout());
  await Promise.all([
    writer.writeEncodedChunk(0, await encodeMovieChunk(sent, 0, part(0, 2))),
    writer.writeChunk(1, part(2, 3)),
  ]);
  await writer.finish();
  expect(differences(entries, saved)).toEqual([]);

  const opened = await openRecording(createMemoryStorage(entries));
  const middle = await opened.readFrames(1, 3);
  expect(Buffer.compare(middle as Uint8Array, part(1, 3))).toBe(0);
  let frames = 0;
  for await (const { start, end, data } of opened.frames()) {
    expect(start).toBe(frames);
    expect(Buffer.compare(data as Uint8Array, part(start, end))).toBe(0);
    frames = end;
  }
  expect(frames).toBe(FRAMES);
});

test("saved, loaded and saved again", async () => {
  const once = await stored(makeRecording());
  const loaded = await (await openRecording(createMemoryStorage(once))).load();
  expect(differences(await stored(loaded), once)).toEqual([]);
});

test("the order of keys in a spec does not matter", async () => {
  const recording = makeRecording();
  const { acquisition, seed, steps, output } = recording.spec;
  const { tissue, ...rest } = acquisition;
  const spec = { steps, output, seed, acquisition: { tissue, ...rest } };
  const other = new Recording({ ...recording, spec });
  expect(differences(await stored(other), await stored(recording))).toEqual([]);
});

test("a long truth array is cut along its first dimension", async () => {
  // 8 MiB a row: two rows a chunk.
  const row = 2 ** 20;
  const data = new Float64Array(3 * row);
  data.set(numbers(1000), 2 * row - 500);
  const about = { name: "long", dims: ["a", "b"], unit: "1", description: "Long." };
  const step_fields = [{ ...about, value: nd(data, [3, row]) }];
  const observed = nd(counts(120), [6, 5, 4]);
  const ground_truth = makeTruth({}, { step_fields });
  const entries = await stored(new Recording({ spec: makeSpec(), observed, ground_truth }));
  expect(entries.has("ground_truth/long/c/1/0")).toBe(true);
  expect(entries.has("ground_truth/long/c/2/0")).toBe(false);
  const truth = await (await openRecording(createMemoryStorage(entries))).truth();
  expect(Buffer.compare(bytesOf(truth.get("long")!.data), bytesOf(data))).toBe(0);
});

test("no file holds a clock time or a host name", async () => {
  const text = [...(await stored(makeRecording()))]
    .filter(([key]) => key.endsWith(".json"))
    .map(([, bytes]) => new TextDecoder().decode(bytes))
    .join("");
  expect(text).not.toMatch(/\d{4}-\d\d-\d\d|hostname/);
  expect(text).toContain('"format": "minisim-recording"');
});

const bytesOf = (array: Float64Array) =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** Keys that only one of the stores has, or whose bytes differ. */
function differences(a: Map<string, Uint8Array>, b: Map<string, Uint8Array>): string[] {
  const keys = new Set([...a.keys(), ...b.keys()]);
  return [...keys].filter((key) => {
    const [one, other] = [a.get(key), b.get(key)];
    return !one || !other || Buffer.compare(one, other) !== 0;
  });
}
