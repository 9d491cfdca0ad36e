// One recording, one hash: the bytes of pinned specs, whatever the order of steps, the order of frames or the size of blocks.
// test/golden.json is written by MINISIM_UPDATE_GOLDEN=1 alone; raise a step's revision when its bytes change.
import { readFileSync, writeFileSync } from "node:fs";
import { builtinSteps, compile, createSimulator, render, simulate } from "minisim";
import { describe, expect, test } from "vitest";
import { fingerprint } from "./fingerprint.ts";
import { pinned } from "./specs.ts";

const file = new URL("./golden.json", import.meta.url);
const golden: Record<string, Record<string, string>> = JSON.parse(readFileSync(file, "utf8"));

describe.each(Object.entries(pinned))("%s", (name, spec) => {
  test("has the pinned bytes", async () => {
    const prints = await fingerprint(await simulate(spec));
    if (process.env.MINISIM_UPDATE_GOLDEN) {
      golden[name] = prints;
      writeFileSync(file, `${JSON.stringify(golden, null, 2)}\n`);
    }
    expect(prints).toEqual(golden[name]);
  });

  test.each([1, 7, 8, 64])("has them in blocks of %i", async (blockFrames) => {
    expect(await fingerprint(await simulate(spec, { blockFrames }))).toEqual(golden[name]);
  });

  test("has them whatever the order in which steps are listed and registered", async () => {
    const reversed = { ...spec, steps: [...spec.steps].reverse() };
    const simulator = createSimulator({ steps: [...builtinSteps].reverse() });
    expect(await fingerprint(await simulator.simulate(reversed))).toEqual(golden[name]);
  });

  test("has the same frames in any order", async () => {
    const recording = await simulate(spec);
    const { program } = compile(spec);
    const { n_frames, fov } = program.geometry;
    const pixels = fov.height * fov.width;
    const backwards = Array.from({ length: n_frames }, (_, i) => n_frames - 1 - i);
    const again = new Float32Array(recording.observed.data.length);
    for await (const { frames, data } of render(program, { frames: backwards, blockFrames: 5 })) {
      for (const [f, t] of frames.entries()) {
        again.set(data.subarray(f * pixels, (f + 1) * pixels), t * pixels);
      }
    }
    expect(
      Buffer.compare(Buffer.from(again.buffer), Buffer.from(recording.observed.data.buffer)),
    ).toBe(0);
  });
});
