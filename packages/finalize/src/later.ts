// A value that is worked out when it is first asked for: at once, or in turns between which the thread serves others.

export interface Later<T> {
  value(): T;
  /** Resolves once `value` takes no time any more. */
  ready(): Promise<void>;
}

/** `work` yields where a turn may end; what it returns is kept. */
export function later<T>(work: () => Generator<void, T>): Later<T> {
  let turns: Generator<void, T> | undefined;
  let known: { readonly value: T } | undefined;
  const takeTurn = (): void => {
    const under = turns ?? work();
    // What throws starts over when it is asked again.
    turns = undefined;
    const { done, value } = under.next();
    if (done) known = { value };
    else turns = under;
  };
  return {
    value() {
      while (!known) takeTurn();
      return known.value;
    },
    async ready() {
      while (!known) {
        takeTurn();
        await new Promise((resolve) => setTimeout(resolve, 0));
      }
    },
  };
}
