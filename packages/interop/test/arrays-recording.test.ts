// What the recording decides about plain arrays: axes, orders of pixels, labels, sizes; and what it forbids before data are read.
import { describe, expect, test } from "vitest";
import { type ArrayShapes, arraySettings, planArrays } from "../src/arrays-estimate.ts";
import { Reading } from "../src/reading.ts";

// Taller than wide, and no number alike.
const [UNITS, FRAMES, HEIGHT, WIDTH] = [3, 8, 6, 5];
const recording = { shape: [FRAMES, HEIGHT, WIDTH], fps: 20 } as const;

/** Light of unit u at (y, x): a blob of 2 × 2 pixels, no two alike. */
const light = (u: number, y: number, x: number) =>
  y >= u && y < u + 2 && x >= u + 1 && x < u + 3 ? 1 + u + 0.5 * (y - u) + 0.25 * (x - u - 1) : 0;

/** An array over these sizes, whose value is `at` of the indices. */
function array(shape: readonly number[], at: (...index: number[]) => number) {
  const data = new Float64Array(shape.reduce((a, b) => a * b, 1));
  const index = shape.map(() => 0);
  for (let i = 0; i < data.length; i++) {
    data[i] = at(...index);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]! += 1;
      if (index[axis]! < shape[axis]!) break;
      index[axis] = 0;
    }
  }
  return { shape, data };
}
const IMAGES = array([UNITS, HEIGHT, WIDTH], light).data;
const PIXELS = HEIGHT * WIDTH;
const rowMajor = (pixel: number) => [Math.floor(pixel / WIDTH), pixel % WIDTH] as const;
const columnMajor = (pixel: number) => [pixel % HEIGHT, Math.floor(pixel / HEIGHT)] as const;

type Given = ReturnType<typeof array>;
interface Options {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly shape?: readonly [number, number, number];
}

function read(arrays: Readonly<Record<string, Given>>, { settings = {}, shape }: Options = {}) {
  const reading = new Reading({ ...recording, ...(shape && { shape }) });
  const shapes = Object.fromEntries(Object.entries(arrays).map(([name, one]) => [name, one.shape]));
  const data = Object.fromEntries(Object.entries(arrays).map(([name, one]) => [name, one.data]));
  const plan = planArrays(shapes as ArrayShapes, "x", arraySettings.parse(settings), reading);
  const estimate = plan(data as unknown as Parameters<typeof plan>[0]);
  return { ...estimate, images: imagesOf(estimate.footprints), notes: reading.notes };
}

function imagesOf({ canvas, length, at }: ReturnType<ReturnType<typeof planArrays>>["footprints"]) {
  const images = new Float64Array(length * canvas.height * canvas.width);
  for (let unit = 0; unit < length; unit++) {
    const { row, col, height, width, data } = at(unit);
    for (let i = 0; i < height * width; i++) {
      const y = row + Math.floor(i / width);
      images[(unit * canvas.height + y) * canvas.width + col + (i % width)] = data[i]!;
    }
  }
  return images;
}

const traces = array([UNITS, FRAMES], (u, t) => 10 * u + t);

describe("the field of view decides", () => {
  test.each<[string, Given, string[]]>([
    ["unit × height × width", array([UNITS, HEIGHT, WIDTH], light), []],
    ["height × width × unit", array([HEIGHT, WIDTH, UNITS], (y, x, u) => light(u, y, x)), []],
    [
      "unit × width × height",
      array([UNITS, WIDTH, HEIGHT], (u, x, y) => light(u, y, x)),
      ["Footprints are unit × width × height: the images were turned."],
    ],
    [
      "width × height × unit",
      array([WIDTH, HEIGHT, UNITS], (x, y, u) => light(u, y, x)),
      ["Footprints are width × height × unit: the images were turned."],
    ],
  ])("%s, without traces and without settings", (_, A, notes) => {
    const found = read({ A });
    expect(found.footprints.canvas).toEqual({ height: HEIGHT, width: WIDTH });
    expect(found.images).toEqual(IMAGES);
    expect(found.notes).toEqual(notes);
  });

  test("as many units as rows: the size still tells", () => {
    const A = array([HEIGHT, HEIGHT, WIDTH], light);
    expect(read({ A }).footprints).toMatchObject({ length: HEIGHT, canvas: recordingField });
  });

  test("a cube tells nothing, and is refused; traces or a setting tell", () => {
    const cube = array([HEIGHT, HEIGHT, HEIGHT], () => 1);
    const shape = [FRAMES, HEIGHT, HEIGHT] as const;
    expect(() => read({ A: cube }, { shape })).toThrow("say which with the setting footprint_axes");
    const settings = { footprint_axes: "height_width_unit" };
    expect(read({ A: cube }, { shape, settings }).footprints.length).toBe(HEIGHT);
  });

  test("images of another size are left to the score, as long as they are told", () => {
    const A = array([UNITS, 3, 2], () => 1);
    expect(read({ A, C: traces }).footprints.canvas).toEqual({ height: 3, width: 2 });
    expect(() => read({ A })).toThrow("say which with the setting footprint_axes");
  });
});

const recordingField = { height: HEIGHT, width: WIDTH };

describe("the number of frames decides", () => {
  test("frame × unit is turned, and so are shifts of two rows", () => {
    const found = read({
      A: array([UNITS, HEIGHT, WIDTH], light),
      C: array([FRAMES, UNITS], (t, u) => 10 * u + t),
      shifts: array([2, FRAMES], (axis, t) => 100 * axis + t),
    });
    expect(found.C).toEqual(traces);
    expect(found.shifts).toEqual(array([FRAMES, 2], (t, axis) => 100 * axis + t));
    expect(found.notes).toEqual(["C is frame × unit, and was turned."]);
  });

  test("as many units as frames are unit × frame, and units of A have a say", () => {
    const A = array([FRAMES, HEIGHT, WIDTH], light);
    const square = array([FRAMES, FRAMES], (u, t) => 10 * u + t);
    expect(read({ A, C: square }).C).toEqual(square);
    // Units as many as the recording has frames, and some frames fewer.
    const part = array([FRAMES, FRAMES - 2], (u, t) => 10 * u + t);
    expect(read({ A, C: part }).C).toEqual(part);
  });
});

describe("flat footprints", () => {
  const place = { C: rowMajor, F: columnMajor } as const;
  test.each(["C", "F"] as const)(
    "in order %s, in either orientation: cells hold together",
    (order) => {
      const at = (u: number, pixel: number) => light(u, ...place[order](pixel));
      for (const A of [array([UNITS, PIXELS], at), array([PIXELS, UNITS], (p, u) => at(u, p))]) {
        const found = read({ A });
        expect(found.images).toEqual(IMAGES);
        expect(found.notes).toEqual([
          expect.stringMatching(`order ${order}\\): so the footprints hold`),
        ]);
      }
    },
  );

  test("on a square field nothing tells: habits are said, and a setting chooses", () => {
    const shape = [FRAMES, 5, 5] as const;
    const at = (u: number, p: number) => light(u, Math.floor(p / 5), p % 5);
    const A = array([2, 25], at);
    const images = array([2, 5, 5], light).data;
    const found = read({ A }, { shape });
    expect(found.images).toEqual(images);
    expect(found.notes).toEqual([expect.stringMatching(/order C\): the habit with unit × pixels/)]);
    const turned = read({ A }, { shape, settings: { pixel_order: "F" } });
    expect(turned.images).toEqual(array([2, 5, 5], (u, y, x) => light(u, x, y)).data);
    expect(turned.notes).toEqual([]);
    const columns = read({ A: array([25, 2], (p, u) => at(u, p)) }, { shape });
    expect(columns.notes).toEqual([
      expect.stringMatching(/order F\): the habit with pixels × unit/),
    ]);
  });

  test("without a field of view they are refused with what is needed", () => {
    const A = array([UNITS, PIXELS], () => 1);
    const plan = () => planArrays({ A: A.shape }, "x", arraySettings.parse({}), new Reading());
    expect(plan).toThrow("give the settings height and width");
    expect(() => read({ A: array([UNITS, 7], () => 1) })).toThrow(
      "is neither unit × 30 pixels, 30 pixels × unit nor an image of labels of 6 × 5",
    );
  });
});

describe("an image of labels", () => {
  const label = (y: number, x: number) => (y < 2 ? (x < 2 ? 7 : 0) : x > 3 ? 2 : 0);
  test("is a footprint a label, in ascending order", () => {
    const found = read({ A: array([HEIGHT, WIDTH], label) });
    expect(found.footprints.length).toBe(2);
    expect(found.images).toEqual(
      array([2, HEIGHT, WIDTH], (u, y, x) => Number(label(y, x) === [2, 7][u])).data,
    );
    expect(found.notes).toEqual(["Footprints are an image of labels: 2 labels are as many units."]);
  });

  test("of numbers that are not whole is none", () => {
    const half = array([HEIGHT, WIDTH], () => 0.5);
    expect(() => read({ A: half })).toThrow("no image of labels: its values are not whole");
  });
});

describe("nothing", () => {
  test.each<[string, Given]>([
    ["np.array([])", { shape: [0], data: new Float64Array(0) }],
    ["zeros((0, 0, 0))", { shape: [0, 0, 0], data: new Float64Array(0) }],
    ["images of no unit", { shape: [0, HEIGHT, WIDTH], data: new Float64Array(0) }],
    ["no unit last", { shape: [HEIGHT, WIDTH, 0], data: new Float64Array(0) }],
  ])("%s is no footprints on the recording's field", (_, A) => {
    const empty = { shape: [0, FRAMES], data: new Float64Array(0) };
    for (const found of [read({ A }), read({ A, C: empty })]) {
      expect(found.footprints).toMatchObject({ length: 0, canvas: recordingField });
    }
  });
});

describe("what cannot be of the recording is refused by its shape alone", () => {
  const unread = { A: undefined as never };
  test.each<[string, ArrayShapes, string]>([
    [
      "images",
      { A: [UNITS, 600, 500], C: [UNITS, FRAMES] },
      "A is (3, 600, 500), which has images of 600 × 500 px, larger",
    ],
    [
      "frames",
      { A: [UNITS, HEIGHT, WIDTH], C: [UNITS, 2e7] },
      "C has 20000000 frames, the recording 8",
    ],
    ["units", { A: [1e6, HEIGHT, WIDTH] }, "which claims 1000000 units, more than"],
    ["traces", { A: [UNITS, HEIGHT, WIDTH], S: [1e6, FRAMES] }, "S claims 1000000 units"],
    [
      "shifts",
      { A: [UNITS, HEIGHT, WIDTH], shifts: [900, 2] },
      "shifts has 900 frames, the recording 8",
    ],
  ])("%s", (_, shapes, problem) => {
    const plan = () =>
      planArrays(shapes, "x", arraySettings.parse({}), new Reading(recording))(unread);
    expect(plan).toThrow(problem);
    expect(plan).toThrow(expect.objectContaining({ code: "malformed" }));
  });
});
