import { encodeMessage, type Method, PROTOCOL_VERSION, serve, WireArray } from "@minisim/bridge";
import { InputError } from "@minisim/spec/input";
import { expect, test } from "vitest";
import { answersTo, answersToCalls, messagesIn } from "./pipes.ts";

const methods: Record<string, Method> = {
  twice: (params) => 2 * (params as { n: number }).n,
  nothing: () => undefined,
  refuse: () => {
    throw new InputError(["One thing is wrong.", "Another one, too."]);
  },
  range: () => {
    throw new RangeError("There is no stage.");
  },
  fail: () => {
    throw new TypeError("x is undefined");
  },
  async rows(_, { block, progress }) {
    const data = new Float32Array(2);
    for (let i = 0; i < 3; i++) {
      data.fill(i);
      await block(i, i + 1, new WireArray(data, [1, 2]));
      progress({ done: i + 1, total: 3 });
    }
    return "done";
  },
};

test("greets with its versions", async () => {
  expect(await answersTo(methods, [])).toEqual([
    { type: "hello", protocol: PROTOCOL_VERSION, engine: "1.2.3" },
  ]);
});

test("answers calls in their order, under their ids", async () => {
  const answers = await answersToCalls(
    methods,
    { id: 1, method: "twice", params: { n: 4 } },
    { id: "b", method: "nothing" },
    { id: 3, method: "twice", params: { n: 5 } },
  );
  expect(answers).toEqual([
    { id: 1, type: "result", value: 8 },
    { id: "b", type: "result", value: null },
    { id: 3, type: "result", value: 10 },
  ]);
});

test("sends blocks and progress before the result, though their memory is used again", async () => {
  const answers = await answersToCalls(methods, { id: 1, method: "rows" });
  expect(answers.map(({ type }) => type)).toEqual([
    ...["block", "progress", "block", "progress", "block", "progress"],
    "result",
  ]);
  const blocks = answers.filter(({ type }) => type === "block");
  expect(blocks.map(({ start, rows }) => [start, [...(rows as WireArray).data]])).toEqual([
    [0, [0, 0]],
    [1, [1, 1]],
    [2, [2, 2]],
  ]);
});

test.each([
  ["refuse", { kind: "input", code: "invalid" }, 2],
  ["range", { kind: "input", code: "range", message: "There is no stage." }, 1],
  ["fail", { kind: "internal", code: "TypeError", message: "x is undefined" }, 1],
  ["nope", { kind: "protocol", code: "malformed" }, 1],
])("%s: an error is data, and the next call is served", async (method, error, problems) => {
  const [answer, next] = await answersToCalls(
    methods,
    { id: 1, method },
    { id: 2, method: "twice", params: { n: 1 } },
  );
  expect(answer).toMatchObject({ id: 1, type: "error", error });
  expect((answer!.error as { problems: unknown[] }).problems).toHaveLength(problems);
  expect(next).toEqual({ id: 2, type: "result", value: 2 });
});

test("lists the methods where there is none of that name", async () => {
  const [answer] = await answersToCalls(methods, { id: 1, method: "toString" });
  expect((answer!.error as { message: string }).message).toBe(
    'there is no method "toString"; there are twice, nothing, refuse, range, fail, rows.',
  );
});

test("a call without an id", async () => {
  const [answer] = await answersToCalls(methods, { method: "twice" });
  expect(answer).toMatchObject({ id: null, type: "error" });
  expect((answer!.error as { message: string }).message).toBe(
    "a call needs an id, a number or a text.",
  );
});

test("what is no frame ends the service with one sentence, after the calls before it", async () => {
  const call = encodeMessage({ id: 1, method: "twice", params: { n: 1 } });
  const answers = await answersTo(methods, [...call, new TextEncoder().encode("no frame at all")]);
  expect(answers.slice(1)).toMatchObject([
    { id: 1, type: "result", value: 2 },
    {
      id: null,
      type: "error",
      error: { kind: "protocol", message: "a frame must begin with the four bytes MSIM." },
    },
  ]);
});

test("a client that is gone aborts the call under way, and hears nothing more", async () => {
  const written: Uint8Array[] = [];
  let aborted: unknown;
  let ended = false;
  const slow: Method = async (_, { signal, progress }) => {
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    aborted = signal.reason;
    progress({ done: 1, total: 1 });
    ended = true;
  };
  async function* input() {
    yield* encodeMessage({ id: 1, method: "slow" });
  }
  const write = async (pieces: readonly Uint8Array[]) => {
    written.push(...pieces);
  };
  await serve({ input: input(), write }, { hello: {}, methods: { slow } });
  expect(ended).toBe(true);
  expect(aborted).toEqual(new Error("The client is gone."));
  expect(await messagesIn(written)).toEqual([{ type: "hello", protocol: PROTOCOL_VERSION }]);
});
