// Lifetimes, reuse and growth of the kernels' memory.
import { createKernels } from "@minisim/kernels";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

describe("an arena", () => {
  test("hands out zeroed arrays that hold what is set", () => {
    const arena = createKernels().arena();
    expect(arena.f32(3).set([1.5, -2]).view()).toEqual(Float32Array.of(1.5, -2, 0));
    expect(arena.i32(2).set([-7, 8]).view()).toEqual(Int32Array.of(-7, 8));
    expect(arena.u8(1).set([255]).view()).toEqual(Uint8Array.of(255));
    expect(arena.u16(1).set([65535]).view()).toEqual(Uint16Array.of(65535));
    expect(arena.f32(0).view()).toHaveLength(0);
  });

  test("reuses released memory, zeroed again", () => {
    const kernels = createKernels();
    const first = kernels.arena();
    const array = first.f32(100).set(new Float32Array(100).fill(3));
    const address = array.byteOffset;
    first.release();
    const again = kernels.arena().f32(100);
    expect(again.byteOffset).toBe(address);
    expect(again.view().every((value) => value === 0)).toBe(true);
  });

  test("merges neighbouring ranges, so that many small ones make room for a large one", () => {
    const kernels = createKernels();
    const arenas = Array.from({ length: 9 }, () => kernels.arena());
    const arrays = arenas.map((arena) => arena.f32(16));
    const lowest = arrays[0]!.byteOffset;
    // Out of order, so that a range meets neighbours on either side and on both.
    for (const i of [4, 0, 8, 2, 6, 3, 1, 7, 5]) arenas[i]!.release();
    expect(kernels.arena().f32(16 * 9).byteOffset).toBe(lowest);
  });

  test("keeps its data while the memory grows", () => {
    const kernels = createKernels();
    const small = kernels.arena().f32(4).set([1, 2, 3, 4]);
    const before = small.view();
    const large = kernels.arena().f32(8_000_000);
    expect(before.length).toBe(0);
    expect(small.view()).toEqual(Float32Array.of(1, 2, 3, 4));
    expect(large.view()).toHaveLength(8_000_000);
    expect(large.byteOffset).toBeGreaterThanOrEqual(small.byteOffset + 16);
  });

  test("cannot be used after its release", () => {
    const kernels = createKernels();
    const arena = kernels.arena();
    const array = arena.f32(4);
    arena.release();
    arena.release();
    expect(() => array.view()).toThrow("This array was used after its arena was released.");
    expect(() => array.set([1])).toThrow(/after its arena was released/);
    expect(() => array.byteOffset).toThrow(/after its arena was released/);
    expect(() => arena.f32(1)).toThrow(/This arena was used after/);
    const field = kernels.arena().f32(4);
    expect(() => kernels.modulate(array, 1, 4, field)).toThrow(/after its arena was released/);
  });

  test("says what is wrong with a length or a source", () => {
    const arena = createKernels().arena();
    expect(() => arena.f32(1.5)).toThrow("An array's length must be a whole number");
    expect(() => arena.f32(-1)).toThrow("An array's length must be a whole number");
    expect(() => arena.f32(2).set([1, 2, 3])).toThrow("A source of 3 elements does not fit");
    expect(() => arena.f32(2 ** 31)).toThrow(/memory cannot grow/);
  });
});

test("arrays alive at one time never overlap and are 64-byte aligned", () => {
  const action = fc.record({ length: fc.nat(400), release: fc.boolean() });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      const kernels = createKernels();
      const alive: { start: number; end: number; release: () => void }[] = [];
      for (const { length, release } of actions) {
        if (release && alive.length > 0) {
          alive.splice(length % alive.length, 1)[0]!.release();
          continue;
        }
        const arena = kernels.arena();
        const start = arena.f32(length).byteOffset;
        expect(start % 64).toBe(0);
        const end = start + 4 * length;
        for (const other of alive) {
          expect(end <= other.start || start >= other.end, "ranges overlap").toBe(true);
        }
        alive.push({ start, end: Math.max(end, start + 1), release: () => arena.release() });
      }
    }),
  );
});
