// A client on fake pipes: what it wrote, a service has read; what the service wrote, it reads.
import {
  decodeMessage,
  encodeMessage,
  framesIn,
  type Message,
  type Method,
  serve,
} from "@minisim/bridge";

/** Bytes in chunks of some size, as a pipe cuts them. */
export async function* chunked(
  pieces: readonly Uint8Array[],
  size: number,
): AsyncGenerator<Uint8Array> {
  const all = joined(pieces);
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** All messages in some bytes. */
export async function messagesIn(pieces: readonly Uint8Array[]): Promise<Message[]> {
  const messages: Message[] = [];
  for await (const frame of framesIn(chunked(pieces, 1000))) messages.push(decodeMessage(frame));
  return messages;
}

/** What a service answers to some bytes, the greeting first. */
export async function answersTo(
  methods: Readonly<Record<string, Method>>,
  input: readonly Uint8Array[],
): Promise<Message[]> {
  const written: Uint8Array[] = [];
  const write = async (pieces: readonly Uint8Array[]) => {
    written.push(...pieces.map((piece) => piece.slice()));
  };
  await serve({ input: patient(input), write }, { hello: { engine: "1.2.3" }, methods });
  return messagesIn(written);
}

/** The input ends once everything that it asked for has had its turn: its end aborts what is under way. */
async function* patient(input: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunked(input, 7);
  await new Promise((resolve) => setTimeout(resolve, 50));
}

/** What a service answers to some calls, without the greeting. */
export async function answersToCalls(
  methods: Readonly<Record<string, Method>>,
  ...calls: readonly Message[]
): Promise<Message[]> {
  const [, ...answers] = await answersTo(methods, calls.flatMap(encodeMessage));
  return answers;
}
