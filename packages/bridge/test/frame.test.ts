import {
  decodeMessage,
  encodeMessage,
  frameOf,
  framesIn,
  ProtocolError,
  WireArray,
} from "@minisim/bridge";
import fc from "fast-check";
import { expect, test } from "vitest";
import { chunked, joined, messagesIn } from "./pipes.ts";

async function first(pieces: readonly Uint8Array[]) {
  for await (const frame of framesIn(chunked(pieces, 5))) return decodeMessage(frame);
  return undefined;
}

test("any message comes back, however the pipe cuts it", async () => {
  const array = fc.oneof(
    fc.uint8Array().map((data) => new WireArray(data, [data.length])),
    fc.uint16Array({ minLength: 6, maxLength: 6 }).map((data) => new WireArray(data, [2, 3])),
    fc.float64Array().map((data) => new WireArray(data, [1, data.length])),
  );
  const message = fc.record({
    id: fc.nat(),
    text: fc.string(),
    arrays_: fc.array(array),
    some: fc.jsonValue(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(message, { maxLength: 3 }),
      fc.integer({ min: 1, max: 99 }),
      async (sent, size) => {
        const received: unknown[] = [];
        for await (const frame of framesIn(chunked(sent.flatMap(encodeMessage), size))) {
          received.push(decodeMessage(frame));
        }
        // JSON knows no −0.
        expect(received).toEqual(JSON.parse(JSON.stringify(sent), revived(sent)));
      },
    ),
    { numRuns: 200 },
  );
});

/** Puts the arrays back that JSON does not hold. */
function revived(sent: readonly { readonly arrays_: readonly WireArray[] }[]) {
  const arrays = sent.flatMap(({ arrays_ }) => arrays_);
  let next = 0;
  return (_: string, value: unknown) =>
    typeof value === "object" && value !== null && "dtype" in value && "data" in value
      ? arrays[next++]
      : value;
}

test("the bytes are those of the documented layout", () => {
  const array = new WireArray(Uint16Array.from([1, 258]), [2, 1]);
  const bytes = joined(encodeMessage({ id: 7, value: array }));
  const json = '{"id":7,"value":{"$array":0},"arrays":[{"dtype":"uint16","shape":[2,1]}]}';
  expect(String.fromCharCode(...bytes.subarray(0, 4))).toBe("MSIM");
  expect([...bytes.subarray(4, 16)]).toEqual([json.length, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0]);
  expect(new TextDecoder().decode(bytes.subarray(16, 16 + json.length))).toBe(json);
  expect([...bytes.subarray(16 + json.length)]).toEqual([1, 0, 2, 1]);
});

test("a key of a document that looks like a place of an array", async () => {
  const [message] = await messagesIn(encodeMessage({ a: { $array: "x" }, b: { $array: 0, c: 1 } }));
  expect(message).toEqual({ a: { $array: "x" }, b: { $array: 0, c: 1 } });
});

const bytes = (text: string) => new TextEncoder().encode(text);
const prelude = (headerBytes: number, bodyBytes: bigint) => {
  const view = new DataView(new ArrayBuffer(16));
  view.setUint32(0, 0x4d53494d);
  view.setUint32(4, headerBytes, true);
  view.setBigUint64(8, bodyBytes, true);
  return new Uint8Array(view.buffer);
};
const damaged: readonly (readonly [
  what: string,
  pieces: readonly Uint8Array[],
  sentence: string,
])[] = [
  ["text", [bytes("Hello, engine!")], "a frame must begin with the four bytes MSIM."],
  ["two letters", [bytes("He")], "a frame must begin with the four bytes MSIM."],
  ["half a prelude", [bytes("MSIM\0")], "the stream ends within a frame."],
  ["half a header", [prelude(100, 0n), bytes("{}")], "the stream ends within a frame."],
  ["half a body", [prelude(2, 100n), bytes("{}"), bytes("x")], "the stream ends within a frame."],
  [
    "a header of 4 GB",
    [prelude(0xffffffff, 0n)],
    "a frame claims a header of 4294967295 bytes and arrays of 0; 268435456 and 4294967296 are the most.",
  ],
  [
    "arrays of 16 EB",
    [prelude(2, 2n ** 64n - 1n)],
    "a frame claims a header of 2 bytes and arrays of 18446744073709552000; 268435456 and 4294967296 are the most.",
  ],
  ["no JSON", [prelude(4, 0n), bytes("nope")], "the header of a frame is not JSON in UTF-8."],
  [
    "no UTF-8",
    [prelude(4, 0n), Uint8Array.from([0x22, 0xff, 0xfe, 0x22])],
    "the header of a frame is not JSON in UTF-8.",
  ],
  ["a list", [prelude(2, 0n), bytes("[]")], "the header of a frame must be an object."],
  [
    "an unknown type",
    frameOf({ arrays: [{ dtype: "float16", shape: [1] }] }, []),
    "arrays must be a list of { dtype, shape }, a dtype one of bool, uint8, uint16, int32, float32, float64.",
  ],
  [
    "a shape that is none",
    frameOf({ arrays: [{ dtype: "uint8", shape: [-1] }] }, []),
    "arrays must be a list of { dtype, shape }, a dtype one of bool, uint8, uint16, int32, float32, float64.",
  ],
  [
    "too few bytes",
    frameOf({ arrays: [{ dtype: "float64", shape: [2] }] }, [bytes("12345678")]),
    "the arrays of a message take 16 bytes, but 8 follow its header.",
  ],
  [
    "too many bytes",
    frameOf({ arrays: [] }, [bytes("1")]),
    "the arrays of a message take 0 bytes, but 1 follow its header.",
  ],
  [
    "an array that is not there",
    frameOf({ x: { $array: 1 } }, []),
    "a message names the array 1, but has 0.",
  ],
];

test.each(damaged)("%s gets one sentence", async (_, pieces, sentence) => {
  await expect(first(pieces)).rejects.toThrow(new ProtocolError(sentence));
});
