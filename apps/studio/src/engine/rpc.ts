// Calls between the page and its workers: one message a call, one an answer, and events in between.

export interface PlainIssue {
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly path: readonly (string | number)[];
  readonly message: string;
}

type Method = (...args: never[]) => unknown;
/** What a worker answers to; every method is asynchronous from outside. */
export type Api = Readonly<Record<string, Method>>;

export type Remote<A extends Api> = {
  readonly [Name in keyof A]: (
    ...args: Parameters<A[Name]>
  ) => Promise<Unwrapped<Awaited<ReturnType<A[Name]>>>>;
};
/** What arrives of a result: a handover's value without its wrapper. */
type Unwrapped<Result> = Result extends Handover<infer Value> ? Value : Result;

interface Call {
  readonly id: number;
  readonly method: string;
  readonly args: unknown[];
}
type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: string; readonly name: string }
  | { readonly event: unknown };

interface Scope {
  postMessage(message: Answer, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<Call>) => void) | null;
}

/** Results wrapped in this hand their buffers over instead of copying them. */
export class Handover<T> {
  readonly value: T;
  readonly buffers: readonly ArrayBufferLike[];
  constructor(value: T, buffers: readonly ArrayBufferLike[]) {
    this.value = value;
    this.buffers = buffers;
  }
}

/** Answers calls in this worker. Returns how to tell the page something unasked. */
export function serve(makeApi: (emit: (event: unknown) => void) => Record<string, Method>): void {
  const scope = globalThis as Scope;
  const api = makeApi((event) => scope.postMessage({ event }));
  scope.onmessage = async ({ data: { id, method, args } }) => {
    try {
      const result = await (api[method] as (...args: unknown[]) => unknown)(...args);
      if (result instanceof Handover) {
        const buffers = [...new Set(result.buffers)].filter((one) => one instanceof ArrayBuffer);
        scope.postMessage({ id, value: result.value }, buffers as ArrayBuffer[]);
      } else {
        scope.postMessage({ id, value: result });
      }
    } catch (error) {
      const known = error instanceof Error ? error : new Error(String(error));
      scope.postMessage({ id, error: known.message, name: known.name });
    }
  };
}

export interface Connection<A extends Api> {
  readonly call: Remote<A>;
  stop(): void;
}

/** The page's side. A worker that dies fails all its calls. */
export function connect<A extends Api>(
  worker: Worker,
  onEvent: (event: unknown) => void = () => {},
): Connection<A> {
  const open = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let count = 0;
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    if ("event" in data) return onEvent(data.event);
    const waiting = open.get(data.id);
    open.delete(data.id);
    if ("error" in data) {
      const error = new Error(data.error);
      error.name = data.name;
      waiting?.reject(error);
    } else waiting?.resolve(data.value);
  };
  worker.onerror = (event) => {
    const error = new Error(`The simulator stopped: ${event.message || "it could not be loaded"}.`);
    for (const { reject } of open.values()) reject(error);
    open.clear();
  };
  const call = new Proxy({} as Remote<A>, {
    get:
      (_, method: string) =>
      (...args: unknown[]) =>
        new Promise((resolve, reject) => {
          count += 1;
          open.set(count, { resolve, reject });
          worker.postMessage({ id: count, method, args } satisfies Call);
        }),
  });
  return {
    call,
    stop() {
      worker.terminate();
      const error = new Error("stopped");
      error.name = "AbortError";
      for (const { reject } of open.values()) reject(error);
      open.clear();
    },
  };
}
