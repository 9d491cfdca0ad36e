// Truth that is computed when asked for is written chunk by chunk, and on resume only where it is missing.
import { type ComputedRows, nd, Recording } from "@minisim/recording";
import {
  createMemoryStorage,
  createRecordingWriter,
  headerOf,
  openRecording,
} from "@minisim/store";
import { expect, test } from "vitest";
import { bare, makeSpec, makeTruth, numbers, stored } from "./make.ts";

const UNITS = 5;
// 4 MiB a row of float64: four rows a chunk of at most 16 MiB.
const FRAMES = 2 ** 19;
const field = numbers(UNITS * FRAMES);
const spikes = field.map((u) => (u > 0.98 ? 1 : 0));
// Simulated no further than the truth: a movie without frames.
const observed = nd(new Float32Array(), [0, 5, 4]);

const truth = (C: ComputedRows | ReturnType<typeof nd<Float64Array>>) =>
  makeTruth(
    { units: UNITS, frames: 0 },
    {
      ...bare,
      C: C as ReturnType<typeof nd<Float64Array>>,
      S: nd(spikes, [UNITS, FRAMES]),
    },
  );

test("rows are asked for once, in order, and the whole field never; the bytes are those of the array", async () => {
  const asked: number[] = [];
  const recipe: ComputedRows = {
    shape: [UNITS, FRAMES],
    row(unit, target, at) {
      asked.push(unit);
      target.set(field.subarray(unit * FRAMES, (unit + 1) * FRAMES), at);
    },
  };
  const plain = new Recording({
    spec: makeSpec(),
    observed,
    ground_truth: truth(nd(field, [UNITS, FRAMES])),
  });
  const saved = await stored(plain);
  const header = { ...(await headerOf(plain)), ground_truth: truth(recipe) };

  const entries = new Map<string, Uint8Array>();
  const storage = createMemoryStorage(entries);
  const first = await createRecordingWriter(storage, header);
  await first.writeTruth();
  expect(asked).toEqual([0, 1, 2, 3, 4]);
  const keys = [...entries.keys()].filter((key) => key.startsWith("ground_truth/C/c/"));
  expect(keys).toEqual(["ground_truth/C/c/0/0", "ground_truth/C/c/1/0"]);

  asked.length = 0;
  entries.set(keys[1]!, entries.get(keys[1]!)!.slice(0, 1000));
  const writer = await createRecordingWriter(storage, header, { resume: true });
  await writer.writeTruth();
  expect(asked).toEqual([4]);
  await writer.finish();
  const different = [...saved].filter(([key, bytes]) => Buffer.compare(entries.get(key)!, bytes));
  expect(different.map(([key]) => key)).toEqual([]);
  expect(entries.size).toBe(saved.size);

  const { C, S } = await (await openRecording(storage)).truth();
  expect(Buffer.compare(new Uint8Array(C.data.buffer), new Uint8Array(field.buffer))).toBe(0);
  expect(Buffer.compare(new Uint8Array(S.data.buffer), new Uint8Array(spikes.buffer))).toBe(0);
});

test("what is mostly zeros takes next to nothing", async () => {
  const plain = new Recording({
    spec: makeSpec(),
    observed,
    ground_truth: truth(nd(field, [UNITS, FRAMES])),
  });
  const entries = await stored(plain);
  // One in fifty items is not zero. A code for single bytes alone takes one bit a byte at least: an eighth.
  const size = entries.get("ground_truth/S/c/0/0")!.length;
  expect(size).toBeLessThan((4 * FRAMES * 8) / 16);
});
