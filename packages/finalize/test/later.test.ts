// A value for later: worked out once, in one go or in turns.
import { describe, expect, test } from "vitest";
import { later } from "../src/later.ts";

function counted() {
  const seen = { starts: 0, turns: 0 };
  function* work() {
    seen.starts += 1;
    for (let turn = 0; turn < 3; turn++) {
      seen.turns += 1;
      yield;
    }
    return seen.turns;
  }
  return { seen, work };
}

describe("a value for later", () => {
  test("is not worked out before it is asked for, and once then", () => {
    const { seen, work } = counted();
    const one = later(work);
    expect(seen.starts).toBe(0);
    expect(one.value()).toBe(3);
    expect(one.value()).toBe(3);
    expect(seen).toEqual({ starts: 1, turns: 3 });
  });

  test("lets others run between its turns, and whoever asks in between gets what is left", async () => {
    const { seen, work } = counted();
    const one = later(work);
    const ready = one.ready();
    expect(seen.turns).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(seen.turns).toBe(2);
    expect(one.value()).toBe(3);
    await ready;
    expect(seen).toEqual({ starts: 1, turns: 3 });
  });

  test("that failed is tried again, and does not become nothing", async () => {
    let tries = 0;
    const one = later(function* () {
      yield;
      tries += 1;
      if (tries < 3) throw new Error("not yet");
      return "done";
    });
    expect(() => one.value()).toThrow("not yet");
    await expect(one.ready()).rejects.toThrow("not yet");
    expect(one.value()).toBe("done");
  });
});
