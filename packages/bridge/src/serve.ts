// Answers the calls that come down one pipe, in their order, on the other.
import { failureOf } from "./failure.ts";
import { framesIn } from "./frame.ts";
import { decodeMessage, encodeMessage, type Message } from "./message.ts";
import { ProtocolError } from "./protocol-error.ts";
import type { WireArray } from "./wire-array.ts";

/** Of the messages, not of the engine: it changes where an old client would misread a message, or miss a method. */
export const PROTOCOL_VERSION = 1;

export interface Pipes {
  readonly input: AsyncIterable<Uint8Array>;
  /** Resolves once the pieces may be used again. */
  write(pieces: readonly Uint8Array[]): Promise<void>;
}

/** What a method may do beside returning its result. */
export interface Call {
  /** Aborted when the client is gone. */
  readonly signal: AbortSignal;
  progress(progress: { readonly done: number; readonly total: number }): void;
  /** Sends rows start … end − 1 of a long array; the memory may be used again once this resolves. */
  block(start: number, end: number, rows: WireArray): Promise<void>;
}

/** Takes the parameters of a call; returns what becomes the JSON and the arrays of its result. */
export type Method = (params: unknown, call: Call) => unknown;

export interface Service {
  /** What the greeting says beside the version of the protocol. */
  readonly hello: Message;
  readonly methods: Readonly<Record<string, Method>>;
}

/**
 * Greets, and serves until the input ends: then the call under way is aborted, and this resolves once it has stopped. What is no frame
 * is answered by an error without an id, and ends the service too, because nobody knows where the next frame begins.
 */
export async function serve(pipes: Pipes, { hello, methods }: Service): Promise<void> {
  const gone = new AbortController();
  const send = async (message: object) => {
    if (!gone.signal.aborted) await pipes.write(encodeMessage(message));
  };
  await send({ type: "hello", protocol: PROTOCOL_VERSION, ...hello });
  let work: Promise<void> = Promise.resolve();
  try {
    for await (const frame of framesIn(pipes.input)) {
      const message = decodeMessage(frame);
      work = work.then(() => answer(message, methods, send, gone.signal));
    }
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    await work;
    await send({ type: "error", id: null, error: failureOf(error) });
  } finally {
    gone.abort(new Error("The client is gone."));
    await work;
  }
}

async function answer(
  message: Message,
  methods: Service["methods"],
  send: (message: object) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const { id = null } = message;
  // Sent in order and awaited with the next message, so that progress costs no call any time.
  let sent: Promise<void> = Promise.resolve();
  const post = (answered: object) => {
    sent = sent.then(() => send({ id, ...answered }));
    return sent;
  };
  const call: Call = {
    signal,
    progress: ({ done, total }) => void post({ type: "progress", done, total }),
    block: (start, end, rows) => post({ type: "block", start, end, rows }),
  };
  try {
    const value = await methodOf(message, methods)(message.params ?? {}, call);
    await post({ type: "result", value: value ?? null });
  } catch (error) {
    await post({ type: "error", error: failureOf(error) });
  }
}

function methodOf({ id, method }: Message, methods: Service["methods"]): Method {
  if (typeof id !== "number" && typeof id !== "string") {
    throw new ProtocolError("a call needs an id, a number or a text.");
  }
  if (typeof method === "string" && Object.hasOwn(methods, method)) return methods[method]!;
  const known = Object.keys(methods).join(", ");
  throw new ProtocolError(
    `there is no method ${JSON.stringify(method ?? null)}; there are ${known}.`,
  );
}
