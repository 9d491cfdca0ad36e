// Which frames, which stage, in which blocks; and how a rendering ends early.
import { custom, modulate, translate } from "@minisim/pipeline";
import { containerOf, render } from "@minisim/render";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  CANVAS,
  collect,
  FOV,
  FRAMES,
  fieldOf,
  MARGIN,
  movieOf,
  type Part,
  programOf,
  rampLight,
} from "./programs.ts";

const motion: Part = { kind: "motion", domain: "motion", make: () => translate(null) };
const lens: Part = {
  kind: "lens",
  domain: "sensor",
  make: () => modulate(fieldOf(FOV, () => 10)),
};
const cells: Part = { kind: "cells", domain: "cell" };
const light = { ...rampLight("a_light"), stage: "only_light" };
const program = programOf([cells, light, motion, lens], MARGIN);
const value = (row: number, col: number, t: number) =>
  (16 * (row + MARGIN) + col + MARGIN) * (1 + t);

describe("frames", () => {
  test("are all of them, in order, where none are named", async () => {
    const { frames, movie } = await collect(program);
    expect(frames).toEqual([...Array(FRAMES).keys()]);
    expect(movie).toEqual(movieOf(FOV, (row, col, t) => 10 * value(row, col, t)));
  });

  test("come in the order asked for, with repeats, in blocks of any size", async () => {
    const wanted = fc.array(fc.nat(FRAMES - 1), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(wanted, fc.integer({ min: 1, max: 25 }), async (frames, blockFrames) => {
        const result = await collect(program, { frames, blockFrames });
        expect(result.frames).toEqual(frames);
        expect(result.movie).toEqual(
          movieOf(FOV, (row, col, t) => 10 * value(row, col, t), frames),
        );
      }),
      { numRuns: 25 },
    );
  });

  test("none asked for, none rendered", async () => {
    expect((await collect(program, { frames: [] })).sizes).toEqual([]);
  });

  test.each([[-1], [FRAMES], [1.5], [Number.NaN]])("frame %d is an error", async (frame) => {
    await expect(collect(program, { frames: [0, frame] })).rejects.toThrow(
      new RangeError(`There is no frame ${frame}; this recording has ${FRAMES}, from 0.`),
    );
  });
});

describe("blocks", () => {
  test("the last one is shorter", async () => {
    expect((await collect(program, { blockFrames: 4 })).sizes).toEqual([4, 4, 3]);
  });

  test("one is enough when it is larger than the recording", async () => {
    expect((await collect(program, { blockFrames: 64 })).sizes).toEqual([FRAMES]);
  });

  test.each([[0], [-1], [2.5]])("of %d frames are an error", async (blockFrames) => {
    await expect(collect(program, { blockFrames })).rejects.toThrow(
      `A block has a whole number of frames, at least 1, not ${blockFrames}.`,
    );
  });
});

describe("stages", () => {
  const onCanvas = (row: number, col: number, t: number) => (16 * row + col) * (1 + t);

  test.each(["only_light", "a_light"])(
    "until %s stops there, cropped to the FOV",
    async (until) => {
      expect((await collect(program, { until })).movie).toEqual(movieOf(FOV, value));
    },
  );

  test("until a cell step there is no movie", async () => {
    expect((await collect(program, { until: "cells" })).sizes).toEqual([]);
  });

  test("taps hand out stages on their own grid, by stage name", async () => {
    const { taps } = await collect(program, {
      taps: ["a_light", "motion", "lens"],
      blockFrames: 4,
    });
    expect(Object.keys(taps)).toEqual(["only_light", "motion", "lens"]);
    expect(taps.only_light).toEqual(movieOf(CANVAS, onCanvas));
    expect(taps.motion).toEqual(movieOf(FOV, value));
    expect(taps.lens).toEqual(movieOf(FOV, (row, col, t) => 10 * value(row, col, t)));
  });

  test("taps beyond the last stage, or without a movie, stay empty", async () => {
    const { taps } = await collect(program, { taps: ["cells", "lens"], until: "motion" });
    expect(taps).toEqual({});
  });

  test("an unknown stage is an error that lists the stages", async () => {
    const known = "cells, only_light (a_light), motion, lens";
    for (const options of [{ until: "typo" }, { taps: ["typo"] }]) {
      await expect(collect(program, options)).rejects.toThrow(
        new RangeError(`There is no stage "typo"; this recording has ${known}.`),
      );
    }
    expect(() => containerOf(program, "typo")).toThrow(RangeError);
  });

  test("a program without steps has no movie", async () => {
    const nothing = programOf([]);
    expect((await collect(nothing)).sizes).toEqual([]);
    expect(containerOf(nothing)).toBe("float32");
  });
});

describe("the end", () => {
  test("a signal that is aborted beforehand: nothing is rendered", async () => {
    const signal = AbortSignal.abort(new Error("no need"));
    await expect(collect(program, { signal })).rejects.toThrow("no need");
  });

  test("a signal that is aborted in the middle: no block follows", async () => {
    const control = new AbortController();
    let blocks = 0;
    const run = async () => {
      for await (const _ of render(program, { signal: control.signal, blockFrames: 2 })) {
        blocks += 1;
        if (blocks === 2) control.abort(new Error("enough"));
      }
    };
    await expect(run()).rejects.toThrow("enough");
    expect(blocks).toBe(2);
  });

  test("progress counts the frames that are done", async () => {
    const heard: unknown[] = [];
    await collect(program, { blockFrames: 4, onProgress: (progress) => heard.push(progress) });
    expect(heard).toEqual([4, 8, 11].map((done) => ({ done, total: FRAMES })));
  });

  test("two renderings of one program at a time do not meet", async () => {
    const one = render(program, { frames: [0, 1], blockFrames: 1 });
    const other = render(program, { frames: [5, 6], blockFrames: 1 });
    const first = (await one.next()).value!;
    const second = (await other.next()).value!;
    expect([...first.data]).toEqual(movieOf(FOV, (r, c, t) => 10 * value(r, c, t), [0]));
    expect([...second.data]).toEqual(movieOf(FOV, (r, c, t) => 10 * value(r, c, t), [5]));
    await Promise.all([one.return(), other.return()]);
  });
});

describe("a custom verb", () => {
  const module = new URL("./fixtures/verbs.mjs", import.meta.url).href;
  const using = (name: string, from = module) =>
    programOf([{ kind: "own", make: () => custom(from, name, {}) }]);

  test.each(["missing", "notAFunction"])("that its module lacks (%s) is an error", async (name) => {
    await expect(collect(using(name))).rejects.toThrow(
      new TypeError(`The module "${module}" has no function "${name}" for a custom verb.`),
    );
  });

  test("of a module that is not there is an error", async () => {
    await expect(collect(using("x", `${module}.gone`))).rejects.toThrow();
  });
});
