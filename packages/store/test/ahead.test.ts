// Several short reads at a time, in order.
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { readAhead } from "../src/ahead.ts";

const numbers = Array.from({ length: 20 }, (_, i) => i);

test("what is read comes in the order of the items, six of them at a time", async () => {
  let [underway, most] = [0, 0];
  const read = async (item: number) => {
    underway += 1;
    most = Math.max(most, underway);
    // The later ones are quicker.
    await sleep(20 - item);
    underway -= 1;
    return 10 * item;
  };
  const found: number[] = [];
  for await (const one of readAhead(numbers, read)) found.push(one);
  expect(found).toEqual(numbers.map((item) => 10 * item));
  expect(most).toBe(6);
  for await (const _ of readAhead([], read)) throw new Error("There is nothing to read.");
});

test("the first failure in their order is told, whichever came first, and no more is begun", async () => {
  const begun: number[] = [];
  const read = async (item: number) => {
    begun.push(item);
    await sleep(item === 3 ? 30 : 1);
    if (item >= 3) throw new Error(`${item}`);
    return item;
  };
  const found: number[] = [];
  const all = async () => {
    for await (const one of readAhead(numbers, read)) found.push(one);
  };
  await expect(all()).rejects.toThrow(/^3$/);
  expect(found).toEqual([0, 1, 2]);
  expect(Math.max(...begun)).toBe(8);
});
