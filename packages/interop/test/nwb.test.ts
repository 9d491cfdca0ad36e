// NWB: what we write, as HDF5 shows it; and what others write, with each writer's axes.
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Dataset, File, type Group, ready } from "h5wasm/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { format } from "../src/nwb/index.ts";
import { bare, FRAMES, frame, HEIGHT, makeSource, makeTruth, UNITS, WIDTH } from "./hdf5-make.ts";
import { images, imagesOf, makeFile } from "./hdf5-parts.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "minisim-nwb-"));
  await ready;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const write = async (
  name: string,
  options: Parameters<typeof makeSource>[0] = {},
  settings = {},
) => {
  const path = join(folder, name);
  await format.write!(makeSource(options), path, { settings, force: true });
  return path;
};
const SEGMENTATION = "processing/ophys/ImageSegmentation/PlaneSegmentation";

describe("write", () => {
  test.each(["uint8", "uint16", "float32"] as const)(
    "a movie of %s is [time, width, height]",
    async (container) => {
      const file = new File(await write("movie.nwb", { container }), "r");
      const data = file.get("acquisition/OnePhotonSeries/data") as Dataset;
      expect(data.shape).toEqual([FRAMES, WIDTH, HEIGHT]);
      const values = data.value as Float64Array;
      for (let t = 0; t < FRAMES; t++) {
        const expected = frame(t, { container });
        for (let y = 0; y < HEIGHT; y++) {
          for (let x = 0; x < WIDTH; x++) {
            expect(values[(t * WIDTH + x) * HEIGHT + y]).toBe(expected[y * WIDTH + x]);
          }
        }
      }
      expect((file.get("acquisition/OnePhotonSeries/dimension") as Dataset).value).toEqual(
        Int32Array.of(WIDTH, HEIGHT),
      );
      file.close();
    },
  );

  test("frames larger than a tile, in blocks larger than a piece, are turned right, too", async () => {
    const shape = [3, 70, 45] as const;
    const file = new File(
      await write("tiles.nwb", { shape, truth: makeTruth(bare).subset([]), block: 2 }),
      "r",
    );
    const values = (file.get("acquisition/OnePhotonSeries/data") as Dataset).value as Uint8Array;
    for (let t = 0; t < 3; t++) {
      const expected = frame(t, { shape });
      for (let pixel = 0; pixel < 70 * 45; pixel++) {
        const [y, x] = [Math.floor(pixel / 45), pixel % 45];
        if (values[(t * 45 + x) * 70 + y] !== expected[pixel]) {
          throw new Error(`Pixel ${y}, ${x} of frame ${t} differs.`);
        }
      }
    }
    file.close();
  });

  test("the truth comes back as it was", async () => {
    const truth = makeTruth();
    const path = await write("truth.nwb", { truth });
    expect(await format.detect!(path)).toBe(true);
    const estimate = await format.readEstimate!(path);
    expect(estimate.footprints.canvas).toEqual({ height: HEIGHT, width: WIDTH });
    expect(images(estimate)).toEqual(imagesOf(truth.A_observed));
    expect(estimate.C).toEqual({ shape: [UNITS, FRAMES], data: truth.C.data });
    expect(estimate.S).toEqual({ shape: [UNITS, FRAMES], data: truth.S.data });
    expect(estimate.shifts).toEqual({ shape: [FRAMES, 2], data: truth.shifts!.data });
  });

  test("footprints, motion and spikes lie as the standard says", async () => {
    const truth = makeTruth();
    const file = new File(await write("standard.nwb", { truth }), "r");
    const get = (name: string) => (file.get(name) as Dataset).value as Float64Array;
    const masks = get(`${SEGMENTATION}/image_mask`);
    const { data } = truth.A_observed;
    for (let unit = 0; unit < UNITS; unit++) {
      for (let y = 0; y < HEIGHT; y++) {
        for (let x = 0; x < WIDTH; x++) {
          expect(masks[(unit * WIDTH + x) * HEIGHT + y]).toBe(
            data[(unit * HEIGHT + y) * WIDTH + x],
          );
        }
      }
    }
    const [dy, dx] = truth.shifts!.data;
    const stack = "processing/ophys/MotionCorrection/CorrectedImageStack";
    expect(get(`${stack}/xy_translation/data`).slice(0, 2)).toEqual(Float64Array.of(-dx!, -dy!));
    expect(get("units/spike_times")).toEqual(truth.spike_times_s.data);
    expect(get("units/spike_times_index")).toEqual(Uint32Array.of(2, 2, 5, 6));
    expect(get("processing/ophys/Fluorescence/Denoised/data").slice(0, 2)).toEqual(
      Float64Array.of(truth.C.data[0]!, truth.C.data[FRAMES]!),
    );
    expect(get("processing/ophys/neuropil_temporal/data").slice(0, 2)).toEqual(
      Float64Array.of(truth.neuropil_temporal!.data[0]!, truth.neuropil_temporal!.data[FRAMES]!),
    );
    expect(get("processing/ophys/fields/neuropil_spatial_1")[1]).toBe(
      truth.neuropil_spatial!.data[HEIGHT * WIDTH + WIDTH],
    );
    expect(get(`${SEGMENTATION}/centers_um`)).toEqual(truth.centers_um.data);
    file.close();
  });

  test("neither clock nor chance: the same recording makes the same bytes", async () => {
    const sums = [];
    for (const name of ["one.nwb", "two.nwb"]) {
      sums.push(
        createHash("sha256")
          .update(await readFile(await write(name)))
          .digest("hex"),
      );
      // HDF5 counts seconds.
      await new Promise((resolve) => setTimeout(resolve, 1100));
    }
    expect(sums[0]).toBe(sums[1]);
  });

  test("dates and names are settings, and wrong ones are named", async () => {
    const settings = { session_start_time: "2024-03-02T10:00:00+01:00", subject_id: "m7" };
    const file = new File(await write("named.nwb", {}, settings), "r");
    expect((file.get("session_start_time") as Dataset).value).toBe("2024-03-02T10:00:00+01:00");
    expect((file.get("general/subject/subject_id") as Dataset).value).toBe("m7");
    file.close();
    await expect(write("wrong.nwb", {}, { sex: "x", session_start_time: "today" })).rejects.toThrow(
      /^nwb: session_start_time: .*; sex: /,
    );
  });

  test("a recording of nothing but a movie", async () => {
    const truth = makeTruth(bare).subset([]);
    const path = await write("bare.nwb", { truth });
    const file = new File(path, "r");
    expect((file.get("processing/ophys") as Group).keys()).toEqual([
      "Fluorescence",
      "ImageSegmentation",
    ]);
    file.close();
    const estimate = await format.readEstimate!(path);
    expect(estimate.footprints.length).toBe(0);
    expect(estimate.C!.shape).toEqual([0, FRAMES]);
    expect(estimate.shifts).toBeNull();
  });
});

// Height 2, width 3. As images: unit 0 lights (1, 0), unit 1 lights (0, 2) and (1, 2).
const IMAGES = [
  [0, 0, 0, 7, 0, 0],
  [0, 0, 8, 0, 0, 9],
];
const PLANE = "processing/ophys/ImageSegmentation/PlaneSegmentation";
const SERIES = "processing/ophys/Fluorescence/RoiResponseSeries";
type Datasets = Parameters<typeof makeFile>[1];

function foreign(
  name: string,
  datasets: Datasets,
  { description = "ROIs", more = {} } = {},
): string {
  const types: Record<string, Record<string, string>> = {
    "": { nwb_version: "2.6.0", neurodata_type: "NWBFile" },
    "processing/ophys/ImageSegmentation": { neurodata_type: "ImageSegmentation" },
    [PLANE]: { neurodata_type: "PlaneSegmentation", description },
    ...more,
  };
  for (const path of Object.keys(datasets)) {
    const series = /^(processing\/.+)\/data$/.exec(path)?.[1];
    if (series) types[series] = { neurodata_type: "RoiResponseSeries" };
  }
  return makeFile(join(folder, name), datasets, types);
}
const mask = (...values: number[]) => Float32Array.from(values);

describe("read", () => {
  // (x, y): column after column.
  const byStandard = [mask(0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 8, 9), [2, 3, 2]] as const;

  test("image masks by the standard, without traces", async () => {
    const path = foreign("masks.nwb", { [`${PLANE}/image_mask`]: byStandard });
    const estimate = await format.readEstimate!(path);
    expect(estimate.footprints.canvas).toEqual({ height: 2, width: 3 });
    expect(images(estimate)).toEqual(IMAGES);
    expect(estimate.C).toBeNull();
  });

  test("image masks row by row, where the caller knows", async () => {
    const rows = [mask(...IMAGES.flat()), [2, 2, 3]] as const;
    const path = foreign("rows.nwb", { [`${PLANE}/image_mask`]: rows });
    const estimate = await format.readEstimate!(path, { settings: { first_axis: "y" } });
    expect(images(estimate)).toEqual(IMAGES);
  });

  test("CaImAn: pixels numbered down the columns in an image called height × width, background apart", async () => {
    const path = foreign(
      "caiman.nwb",
      {
        [`${PLANE}/image_mask`]: [
          mask(0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 8, 9, 1, 1, 1, 1, 1, 1),
          [3, 2, 3],
        ],
        [`${PLANE}/keep`]: [Uint8Array.of(0, 1, 0), [3]],
        [`${SERIES}/data`]: [Float64Array.of(1, 2, 3, 4, 5, 6), [3, 2]],
        [`${SERIES}/rois`]: [Int32Array.of(0, 1), [2]],
        "processing/ophys/Fluorescence/Background_Fluorescence_Response/data": [
          new Float64Array(3),
          [3, 1],
        ],
        "processing/ophys/Fluorescence/Background_Fluorescence_Response/rois": [
          Int32Array.of(2),
          [1],
        ],
      },
      { description: "CNMF_ROIs" },
    );
    const all = await format.readEstimate!(path, { settings: { components: "all" } });
    expect(images(all)).toEqual(IMAGES);
    expect(all.C).toEqual({ shape: [2, 3], data: Float64Array.of(1, 3, 5, 2, 4, 6) });
    const kept = await format.readEstimate!(path);
    expect(images(kept)).toEqual([IMAGES[1]]);
    expect(kept.C!.data).toEqual(Float64Array.of(2, 4, 6));
  });

  test("the series are chosen by name, or by the caller", async () => {
    const container = "processing/ophys/Fluorescence";
    const path = foreign("series.nwb", {
      [`${PLANE}/image_mask`]: byStandard,
      [`${container}/Baseline/data`]: [Float64Array.of(9, 9), [1, 2]],
      [`${container}/Deconvolved/data`]: [Float64Array.of(3, 4), [1, 2]],
      [`${container}/Neuropil/data`]: [Float64Array.of(8, 8), [1, 2]],
      [`${container}/RoiResponseSeries/data`]: [Float64Array.of(1, 2), [1, 2]],
    });
    const estimate = await format.readEstimate!(path);
    expect(estimate.C!.data).toEqual(Float64Array.of(1, 2));
    expect(estimate.S!.data).toEqual(Float64Array.of(3, 4));
    const settings = { traces: `/${container}/Neuropil` };
    const chosen = await format.readEstimate!(path, { settings });
    expect(chosen.C!.data).toEqual(Float64Array.of(8, 8));
    await expect(
      format.readEstimate!(path, { settings: { traces: "processing/ophys/Other" } }),
    ).rejects.toThrow(/\/processing\/ophys\/Other is no RoiResponseSeries \(there are .*Baseline/);
  });

  const recording = { shape: [3, 2, 3], fps: 20 } as const;
  const square = { shape: [3, 3, 3], fps: 20 } as const;

  /** A table of lists of pixels: (x, y, weight) each, one list an ROI. */
  function pixelTable(
    name: string,
    rois: readonly (readonly (readonly [number, number, number])[])[],
    more: (file: File) => void = () => {},
  ): string {
    const path = join(folder, name);
    const file = new File(path, "w");
    for (const group of [
      "general",
      "processing",
      "processing/ophys",
      "processing/ophys/ImageSegmentation",
      PLANE,
    ]) {
      file.create_group(group);
    }
    file.create_attribute("nwb_version", "2.6.0", []);
    (file.get(PLANE) as Group).create_attribute("neurodata_type", "PlaneSegmentation", []);
    const pixels = rois.flat();
    const column = (k: number) => Uint32Array.from(pixels, (pixel) => pixel[k]!);
    const data = new Map<string, ArrayBufferView>([
      ["x", column(0)],
      ["y", column(1)],
      ["weight", Float32Array.from(pixels, (pixel) => pixel[2])],
    ]);
    file.create_dataset({
      name: `${PLANE}/pixel_mask`,
      data: data as Map<string, Float32Array>,
      shape: [pixels.length],
    });
    let end = 0;
    const ends = Uint32Array.from(rois, (roi) => {
      end += roi.length;
      return end;
    });
    file.create_dataset({ name: `${PLANE}/pixel_mask_index`, data: ends, shape: [rois.length] });
    more(file);
    file.close();
    return path;
  }
  const text = (file: File, name: string, data: string) =>
    file.create_dataset({ name, data, shape: [] });

  test.each([
    "Created using NeuroConv v0.10.2",
    "NeuroConv provenance record\nneuroconv_version: 0.10.3",
    "Created using NWB GUIDE v1.0.0",
  ])("%s: lists of pixels hold the row as x, on a square field, too", async (script) => {
    // Row 0, column 2; and row 2, column 1.
    const path = pixelTable("neuroconv.nwb", [[[0, 2, 7]], [[2, 1, 8]]], (file) => {
      text(file, "general/source_script", script);
    });
    const estimate = await format.readEstimate!(path, { recording: square });
    expect(images(estimate)).toEqual([
      [0, 0, 7, 0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0, 0, 8, 0],
    ]);
    expect(estimate.notes).toEqual([
      "NeuroConv wrote the masks: rows are in column x, columns in y.",
    ]);
    const settings = { first_axis: "x" };
    const byStandard = await format.readEstimate!(path, { recording: square, settings });
    expect(images(byStandard)[0]).toEqual([0, 0, 0, 0, 0, 0, 7, 0, 0]);
  });

  test("NeuroConv's images are (x, y), and tell the size of the field for its lists", async () => {
    const path = pixelTable(
      "with-image.nwb",
      [
        [[1, 0, 7]],
        [
          [0, 2, 8],
          [1, 2, 9],
        ],
      ],
      (file) => {
        text(file, "general/source_script", "Created using NeuroConv v0.10.2");
        file.create_group("processing/ophys/SegmentationImages");
        (file.get("processing/ophys/SegmentationImages") as Group).create_attribute(
          "neurodata_type",
          "Images",
          [],
        );
        const image = "processing/ophys/SegmentationImages/MeanImage";
        file.create_dataset({ name: image, data: new Float32Array(6), shape: [3, 2] });
        (file.get(image) as Dataset).create_attribute("neurodata_type", "GrayscaleImage", []);
      },
    );
    expect(images(await format.readEstimate!(path))).toEqual(IMAGES);
  });

  test("the recording tells the size of the field, and the order where only one fits", async () => {
    const byStandard = pixelTable("standard.nwb", [
      [[0, 1, 7]],
      [
        [2, 0, 8],
        [2, 1, 9],
      ],
    ]);
    const plain = await format.readEstimate!(byStandard, { recording });
    expect(images(plain)).toEqual(IMAGES);
    expect(plain.notes).toEqual([]);
    const rowsFirst = pixelTable("rows-first.nwb", [
      [[1, 0, 7]],
      [
        [0, 2, 8],
        [1, 2, 9],
      ],
    ]);
    const turned = await format.readEstimate!(rowsFirst, { recording });
    expect(images(turned)).toEqual(IMAGES);
    expect(turned.notes).toEqual([
      "Only with rows in column x and columns in y do the masks lie on the field of view.",
    ]);
    const fromOne = pixelTable("from-one.nwb", [
      [[1, 2, 7]],
      [
        [3, 1, 8],
        [3, 2, 9],
      ],
    ]);
    const counted = await format.readEstimate!(fromOne, { recording });
    expect(images(counted)).toEqual(IMAGES);
    expect(counted.notes).toEqual([
      "Pixels of the masks are counted from 1: only so do they lie on the field of view.",
    ]);
    const nowhere = pixelTable("nowhere.nwb", [[[0, 0, 7]], [[7, 9, 8]]]);
    await expect(format.readEstimate!(nowhere, { recording })).rejects.toThrow(
      "pixel_mask has a pixel at x = 7, y = 9, outside a field of view 2 high and 3 wide",
    );
  });

  test("image masks whose rows come first are read so where the field of view says it", async () => {
    const path = foreign("upright.nwb", {
      [`${PLANE}/image_mask`]: [mask(...IMAGES.flat()), [2, 2, 3]],
    });
    const estimate = await format.readEstimate!(path, { recording });
    expect(images(estimate)).toEqual(IMAGES);
    expect(estimate.notes).toEqual([expect.stringContaining("rows come first, not x")]);
  });

  test.each([
    ["is_accepted", [1, 0], [0]],
    ["accepted", [0, 1], [1]],
    ["Accepted", [0, 1], [1]],
    ["is_rejected", [1, 0], [1]],
    ["Rejected", [0, 1], [0]],
  ] as const)("the column %s says which ROIs are cells", async (column, flags, kept) => {
    const path = foreign("judged.nwb", {
      [`${PLANE}/image_mask`]: byStandard,
      [`${PLANE}/${column}`]: [Uint8Array.from(flags), [2]],
      [`${SERIES}/data`]: [Float64Array.of(1, 2, 3, 4, 5, 6), [3, 2]],
    });
    const estimate = await format.readEstimate!(path);
    expect(images(estimate)).toEqual(kept.map((roi) => IMAGES[roi]));
    expect(estimate.C!.shape).toEqual([1, 3]);
    expect(estimate.notes).toEqual([
      `${column} accepts 1 of 2 ROIs (the setting components: all takes all).`,
    ]);
    const all = await format.readEstimate!(path, { settings: { components: "all" } });
    expect(all.footprints.length).toBe(2);
  });

  const ophys = "processing/ophys";
  const values = (...numbers: number[]) => [Float64Array.from(numbers), [1, 2]] as const;
  const withSeries = (name: string, series: Datasets) =>
    foreign(name, { [`${PLANE}/image_mask`]: byStandard, ...series });

  test("series whose names say nothing are listed, not guessed by the alphabet", async () => {
    const path = withSeries("unknown.nwb", {
      [`${ophys}/Fluorescence/EventAmplitude/data`]: values(1, 2),
      [`${ophys}/Fluorescence/ZScored/data`]: values(3, 4),
    });
    await expect(format.readEstimate!(path)).rejects.toThrow(
      "/processing holds several series that can be traces (/processing/ophys/Fluorescence/EventAmplitude, /processing/ophys/Fluorescence/ZScored); choose one with the setting traces, or none.",
    );
    const traces = `${ophys}/Fluorescence/ZScored`;
    const C = async (settings: Record<string, string>) =>
      (await format.readEstimate!(path, { settings })).C?.data ?? null;
    expect(await C({ traces })).toEqual(Float64Array.of(3, 4));
    expect(await C({ traces: "none" })).toBeNull();
    const spikes = `/${ophys}/Fluorescence/EventAmplitude/`;
    const both = await format.readEstimate!(path, { settings: { spikes } });
    expect([both.C!.data, both.S!.data]).toEqual([Float64Array.of(3, 4), Float64Array.of(1, 2)]);
  });

  test("a series that is alone is taken, and it is said; two of one kind are not guessed", async () => {
    const lone = withSeries("lone.nwb", { [`${ophys}/Traces/Activity/data`]: values(1, 2) });
    const estimate = await format.readEstimate!(lone);
    expect(estimate.C!.data).toEqual(Float64Array.of(1, 2));
    expect(estimate.notes).toEqual([
      "C is /processing/ophys/Traces/Activity, the only series that can be; its name tells nothing.",
    ]);
    const spikes = withSeries("spikes.nwb", {
      [`${ophys}/Fluorescence/Denoised/data`]: values(1, 2),
      [`${ophys}/Fluorescence/Deconvolved/data`]: values(1, 2),
      [`${ophys}/Other/Deconvolved/data`]: values(3, 4),
    });
    await expect(format.readEstimate!(spikes)).rejects.toThrow(/several series that can be spikes/);
  });

  test("dF/F goes before raw fluorescence where both have the same name", async () => {
    const path = withSeries("dff.nwb", {
      [`${ophys}/Fluorescence/RoiResponseSeries/data`]: values(1, 2),
      [`${ophys}/DfOverF/RoiResponseSeries/data`]: values(3, 4),
    });
    const estimate = await format.readEstimate!(path);
    expect(estimate.C!.data).toEqual(Float64Array.of(3, 4));
    expect(estimate.notes).toEqual([
      "C is /processing/ophys/DfOverF/RoiResponseSeries, preferred among 2 series (the setting traces).",
    ]);
  });

  test("a table of the background is no table of cells", async () => {
    const background = `${ophys}/ImageSegmentation/BackgroundPlaneSegmentation`;
    const path = foreign(
      "background.nwb",
      {
        [`${PLANE}/image_mask`]: byStandard,
        [`${background}/image_mask`]: [mask(1, 1, 1, 1, 1, 1), [1, 3, 2]],
      },
      { more: { [background]: { neurodata_type: "PlaneSegmentation" } } },
    );
    expect(images(await format.readEstimate!(path))).toEqual(IMAGES);
  });

  test("a table without rows is an estimate without cells", async () => {
    const none = [new Float32Array(0), [0]] as const;
    const path = foreign("empty.nwb", { [`${PLANE}/id`]: none, [`${PLANE}/image_mask`]: none });
    const estimate = await format.readEstimate!(path, { recording });
    expect(estimate.footprints).toMatchObject({ length: 0, canvas: { height: 2, width: 3 } });
    expect(estimate.notes).toEqual([`/${PLANE} has no rows: nothing was found.`]);
  });

  test("what is larger than the recording is refused before it is read", async () => {
    const long = withSeries("long.nwb", { [`${SERIES}/data`]: [new Float64Array(2e4), [1e4, 2]] });
    await expect(format.readEstimate!(long, { recording })).rejects.toThrow(
      `/${SERIES}/data has 10000 frames, the recording 3.`,
    );
    const large = foreign("large.nwb", {
      [`${PLANE}/image_mask`]: [new Float32Array(200), [1, 20, 10]],
    });
    await expect(format.readEstimate!(large, { recording })).rejects.toThrow(
      "image_mask has images of 10 × 20 px, larger than the recording's field of view of 2 × 3.",
    );
  });

  test.each<[string, Datasets, string]>([
    [
      "no segmentation",
      { "acquisition/x": [new Float64Array(1), [1]] },
      "/processing holds no PlaneSegmentation",
    ],
    [
      "no masks",
      { [`${PLANE}/id`]: [Int32Array.of(0), [1]] },
      `/${PLANE} has neither pixel_mask nor image_mask`,
    ],
    [
      "flat masks",
      { [`${PLANE}/image_mask`]: [mask(1, 2), [1, 2]] },
      `/${PLANE}/image_mask needs 3 (roi, x, y) dimensions and has 2 (1 × 2)`,
    ],
    [
      "masks of text",
      { [`${PLANE}/image_mask`]: "mask" },
      `/${PLANE}/image_mask does not hold integers`,
    ],
    [
      "plain numbers as pixels",
      { [`${PLANE}/pixel_mask`]: [mask(1, 2, 3), [3]] },
      `/${PLANE}/pixel_mask is not a table of x, y, weight`,
    ],
    [
      "traces of others",
      { [`${PLANE}/image_mask`]: byStandard, [`${SERIES}/data`]: [new Float64Array(9), [3, 3]] },
      `/${SERIES}/data is 3 × 3, where frames × 2 ROIs are needed`,
    ],
  ])("%s: the error says where", async (name, datasets, message) => {
    const isSegmented = Object.keys(datasets).some((path) => path.startsWith(PLANE));
    const path = isSegmented
      ? foreign(`${name}.nwb`, datasets)
      : makeFile(join(folder, `${name}.nwb`), datasets);
    await expect(format.readEstimate!(path)).rejects.toThrow(`${path}: ${message}`);
  });

  test("pixels without an image need the size, and must lie in it", async () => {
    const path = join(folder, "pixels.nwb");
    const file = new File(path, "w");
    for (const group of [
      "processing",
      "processing/ophys",
      "processing/ophys/ImageSegmentation",
      PLANE,
    ]) {
      file.create_group(group);
    }
    (file.get(PLANE) as Group).create_attribute("neurodata_type", "PlaneSegmentation");
    // As suite2p writes them: rows as x.
    const data = new Map<string, ArrayBufferView>([
      ["x", Uint32Array.of(1, 0, 1)],
      ["y", Uint32Array.of(0, 2, 2)],
      ["weight", Float32Array.of(7, 8, 9)],
    ]);
    file.create_dataset({
      name: `${PLANE}/pixel_mask`,
      data: data as Map<string, Float32Array>,
      shape: [3],
    });
    file.create_dataset({
      name: `${PLANE}/pixel_mask_index`,
      data: Uint32Array.of(1, 3),
      shape: [2],
    });
    file.close();
    await expect(format.readEstimate!(path)).rejects.toThrow("give the settings height and width");
    const settings = { height: 2, width: 3, first_axis: "y" };
    expect(images(await format.readEstimate!(path, { settings }))).toEqual(IMAGES);
    const found = await format.readEstimate!(path, { settings: { height: 2, width: 3 } });
    expect(images(found)).toEqual(IMAGES);
    expect(found.notes).toEqual([
      "Only with rows in column x and columns in y do the masks lie on the field of view.",
    ]);
    const byStandard = { height: 2, width: 3, first_axis: "x" };
    await expect(format.readEstimate!(path, { settings: byStandard })).rejects.toThrow(
      "pixel_mask has a pixel at x = 0, y = 2, outside a field of view 2 high and 3 wide; perhaps",
    );
  });

  test("a file cut at any place is refused by name", async () => {
    const whole = await readFile(await write("whole.nwb"));
    for (const part of [0.1, 0.5, 0.999]) {
      const path = join(folder, `cut-${part}.nwb`);
      await writeFile(path, whole.subarray(0, Math.floor(part * whole.length)));
      await expect(format.readEstimate!(path)).rejects.toMatchObject({ code: "malformed" });
    }
  });
});
