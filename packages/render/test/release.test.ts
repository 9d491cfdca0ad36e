// However a rendering ends, the kernels' memory is given back.
import type { createKernels } from "@minisim/kernels";
import { render } from "@minisim/render";
import { beforeEach, expect, test, vi } from "vitest";
import { collect, programOf, rampLight } from "./programs.ts";

const arenas = vi.hoisted(() => ({ taken: 0, released: 0 }));

vi.mock("@minisim/kernels", async (original) => {
  const real = await original<{ createKernels: typeof createKernels }>();
  return {
    ...real,
    createKernels() {
      const kernels = real.createKernels();
      return {
        ...kernels,
        arena() {
          const arena = kernels.arena();
          arenas.taken += 1;
          return {
            ...arena,
            release() {
              arenas.released += 1;
              arena.release();
            },
          };
        },
      };
    },
  };
});

const program = programOf([rampLight()]);

beforeEach(() => {
  arenas.taken = 0;
  arenas.released = 0;
});

const everything = () => expect(arenas).toEqual({ taken: 1, released: 1 });

test("at the end of the recording", async () => {
  await collect(program);
  everything();
});

test("when the consumer breaks early", async () => {
  const seen: number[] = [];
  for await (const { frames } of render(program, { blockFrames: 2 })) {
    seen.push(...frames);
    break;
  }
  expect(seen).toEqual([0, 1]);
  everything();
});

test("when the consumer throws", async () => {
  const run = async () => {
    for await (const _ of render(program)) throw new Error("disk full");
  };
  await expect(run()).rejects.toThrow("disk full");
  everything();
});

test("when the signal is aborted", async () => {
  const control = new AbortController();
  const options = { signal: control.signal, blockFrames: 2, onProgress: () => control.abort() };
  await expect(collect(program, options)).rejects.toThrow();
  everything();
});
