// A worker that can be ended while it computes, and begins anew: nothing inside it could be interrupted.
import { type Api, type Connection, connect, type Remote } from "./rpc.ts";

export interface Restartable<A extends Api> {
  readonly call: Remote<A>;
  /** Ends what is being done: its calls fail with an AbortError. The next call starts a fresh worker. */
  restart(): void;
}

export function restartable<A extends Api>(
  make: () => Worker,
  onEvent: (event: unknown) => void = () => {},
): Restartable<A> {
  let now: Connection<A> | undefined;
  const call = new Proxy({} as Remote<A>, {
    get: (_, method: string) => {
      now ??= connect<A>(make(), onEvent);
      return now.call[method];
    },
  });
  return {
    call,
    restart() {
      now?.stop();
      now = undefined;
    },
  };
}

export const wasEnded = (error: unknown): boolean =>
  error instanceof Error && error.name === "AbortError";
