import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import {
  exportRecording,
  type Format,
  formatNames,
  formatOfPath,
  InteropError,
  loadFormat,
  readEstimate,
  readMovie,
  save,
} from "@minisim/interop";
import { type Recorded, scaleOf } from "@minisim/recording";
import { compile, liveRecording, Spec, simulate } from "minisim";
import { openRecording, simulateToStore } from "minisim/node";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "./folder.ts";
import { movieSource, smallRecording, smallSource, smallSpec } from "./sources.ts";

const at = temporaryFolder();
const there = async () => (await readdir(at("."))).sort();

async function framesOf(source: Recorded) {
  const frames: number[] = [];
  for await (const { data } of source.frames()) frames.push(...data);
  return frames;
}

describe("sources", () => {
  test("stored, in memory and straight from a plan give the same movie and truth", async () => {
    const spec = smallSpec();
    const cache_key = Spec.cacheKey(spec);
    await simulateToStore(spec, at("small.zarr"), { workers: 1 });
    const sources = [
      await smallRecording(),
      await openRecording(at("small.zarr")),
      liveRecording(compile(spec)),
      liveRecording(compile(spec), { workers: 2 }),
    ];
    const observed = [...(await smallRecording()).observed.data];
    for (const source of sources) {
      expect(source).toMatchObject({ shape: [6, 24, 30], container: "uint8", cache_key });
      const { pixel_pitch_um } = spec.acquisition.image_sensor;
      const pixel_size_um = pixel_pitch_um / spec.acquisition.optics.magnification;
      expect(scaleOf(source)).toEqual({ fps: 20, pixel_size_um });
      expect(source.spec).toEqual(spec);
      expect(await framesOf(source)).toEqual(observed);
      expect((await source.truth()).C.data).toEqual((await smallRecording()).ground_truth.C.data);
    }
  });

  test("of a recording that stopped early: light, or no frames at all", async () => {
    const spec = smallSpec();
    for (const [until, shape] of [
      ["composite", [6, 24, 30]],
      ["cell_activity", [0, 24, 30]],
    ] as const) {
      const recording = await simulate(spec, { until });
      const plan = liveRecording(compile(spec), { until });
      for (const source of [recording, plan]) {
        expect(source).toMatchObject({ shape, container: "float32" });
      }
      expect(await framesOf(plan)).toEqual(await framesOf(recording));
    }
  });
});

const sumOf = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

describe("export", () => {
  test("progress goes up to all frames, and what is there is left alone without force", async () => {
    const done: number[] = [];
    const source = await movieSource({ frames: 10, height: 2, width: 2 });
    await exportRecording(source, "npy", at("a.npy"), {
      onProgress: (progress) => done.push(progress.done, progress.total),
    });
    expect(done).toEqual([4, 10, 8, 10, 10, 10]);
    await expect(exportRecording(source, "npy", at("a.npy"))).rejects.toMatchObject({
      name: "PathError",
      code: "exists",
    });
    const before = await readFile(at("a.npy"));
    await exportRecording(source, "npy", at("a.npy"), { force: true });
    expect(await readFile(at("a.npy"))).toEqual(before);
    await writeFile(at("mine.npy"), "mine");
    for (const force of [false, true]) {
      await expect(exportRecording(source, "npy", at("mine.npy"), { force })).rejects.toMatchObject(
        { name: "PathError", code: "foreign" },
      );
    }
    expect(await readFile(at("mine.npy"), "utf8")).toBe("mine");
  });

  test("a format of somebody else's is given as a value, for writing and for reading", async () => {
    const sums: Format = {
      name: "sums",
      summary: "The sum of every frame, a line each.",
      async write(recording, path) {
        const lines: number[] = [];
        for await (const { start, end, data } of recording.frames()) {
          const pixels = data.length / (end - start);
          for (let at = 0; at < data.length; at += pixels) {
            lines.push(sumOf(data.subarray(at, at + pixels)));
          }
        }
        await writeFile(path, lines.join("\n"));
      },
      readEstimate: async () => ({ ...(await readEstimate(at("own.npz"))), notes: ["mine"] }),
    };
    const recording = await smallRecording();
    await exportRecording(recording, sums, at("sums.txt"));
    const lines = (await readFile(at("sums.txt"), "utf8")).split("\n").map(Number);
    const frame = recording.observed.data.subarray(0, 24 * 30);
    expect(lines).toHaveLength(6);
    expect(lines[0]).toBe(sumOf(frame));
    await exportRecording(recording, "npz", at("own.npz"));
    const estimate = await readEstimate(at("own.npz"), { format: sums });
    expect(estimate.notes).toEqual(["mine"]);
  });

  test.each([
    ["movie.tif", "tiff"],
    ["movie.ome.tif", "tiff"],
    ["MOVIE.TIFF", "tiff"],
    ["session.nwb", "nwb"],
    ["a.hdf5", "hdf5"],
    ["a.h5", "hdf5"],
    ["a.avi", "avi"],
    ["a.npy", "npy"],
  ])("%s names the format %s", async (path, name) => {
    expect((await formatOfPath(path)).name).toBe(name);
  });

  test("an ending that names no format is an error with those that do", async () => {
    await expect(formatOfPath("movie.docx")).rejects.toThrow(
      /^The ending of movie\.docx names no format; those that do are .*\.avi.*\. Name the format\.$/,
    );
  });

  test("saved by the ending alone, it is a store or an export", async () => {
    const recording = await smallRecording();
    await save(recording, at("one.zarr"));
    const stored = await openRecording(at("one.zarr"));
    expect((await stored.load()).observed).toEqual(recording.observed);
    expect(stored.step_revisions).toEqual(recording.step_revisions);
    await save(recording, at("one.npy"));
    expect((await readMovie(at("one.npy"))).shape).toEqual(recording.shape);
    await expect(save(recording, at("one.docx"))).rejects.toThrow(
      /^The ending of .* names no format/,
    );
    const settings = { codec: "ffv1" };
    await expect(save(recording, at("two.zarr"), { settings })).rejects.toThrow(
      'A store has no settings, so no "codec".',
    );
    await expect(save(recording, at("one.zarr"))).rejects.toMatchObject({ code: "exists" });
  });

  test("folders on the way are made", async () => {
    const source = await movieSource({ frames: 1, height: 2, width: 2 });
    await exportRecording(source, "npy", at("deep/down/a.npy"));
    expect(await readdir(at("deep/down"))).toEqual(["a.npy"]);
  });

  test.each(["avi", "tiff", "npy", "miniscope_v4", "miniscope_v3", "gif"])(
    "%s: an abort and a failing source leave nothing, also not the folders that were made",
    async (format) => {
      const before = await there();
      const control = new AbortController();
      const source = await movieSource({ frames: 40, height: 4, width: 4 });
      const onProgress = ({ done }: { done: number }) => {
        if (done > 8) control.abort(new Error("enough"));
      };
      const path = at("new/folder/out");
      const options = { signal: control.signal, onProgress };
      await expect(exportRecording(source, format, path, options)).rejects.toThrow("enough");
      let released = false;
      const failing: Recorded = {
        ...source,
        async *frames() {
          try {
            for await (const block of source.frames()) {
              yield block;
              if (block.end > 12) throw new Error("the source broke");
            }
          } finally {
            released = true;
          }
        },
      };
      await expect(exportRecording(failing, format, path)).rejects.toThrow("the source broke");
      expect(released).toBe(true);
      expect(await there()).toEqual(before);
    },
  );

  test("a source that delivers too little is not taken for a movie", async () => {
    const source = { ...(await movieSource({ frames: 3, height: 2, width: 2 })), shape: [5, 2, 2] };
    await expect(
      exportRecording(source as unknown as Recorded, "npy", at("short.npy")),
    ).rejects.toThrow("ended after 3 of 5 frames");
    expect(await there()).not.toContain("short.npy");
  });

  test("failures of the file system are sentences", async () => {
    const source = await movieSource({ frames: 1, height: 2, width: 2 });
    await writeFile(at("file"), "");
    await expect(exportRecording(source, "npy", at("file/a.npy"))).rejects.toMatchObject({
      name: "PathError",
      code: "not_a_folder",
      message: `A file stands where ${at("file/a.npy")} needs a folder.`,
    });
    await mkdir(at("folder/inside"), { recursive: true });
    await expect(
      exportRecording(source, "npy", at("folder"), { force: true }),
    ).rejects.toMatchObject({ code: "foreign" });
  });

  test("settings are checked, all at once, by name", async () => {
    const source = await movieSource({ frames: 1, height: 2, width: 2 });
    const settings = { fourcc: "RGBA", codex: "raw" };
    const exported = exportRecording(source, "avi", at("x.avi"), { settings });
    await expect(exported).rejects.toMatchObject({ code: "settings" });
    await expect(exported).rejects.toThrow(
      /fourcc: .*GREY.*no setting "codex", only codec, ffmpeg/,
    );
  });
});

describe("formats", () => {
  test("each is what its name says, and can do something", async () => {
    for (const name of formatNames) {
      const format = await loadFormat(name);
      expect(format.name).toBe(name);
      expect(format.summary).toMatch(/\.$/);
      expect(Boolean(format.write ?? format.readEstimate), name).toBe(true);
      expect(Boolean(format.readEstimate), name).toBe(Boolean(format.detect));
    }
    await expect(loadFormat("docx")).rejects.toThrow('There is no format "docx"; there are minisc');
    await expect(loadFormat("constructor")).rejects.toBeInstanceOf(InteropError);
  });

  test("results are recognized by what is in them, whatever they are called", async () => {
    await exportRecording(await smallSource(), "npz", at("results.dat"));
    expect((await readEstimate(at("results.dat"))).footprints.length).toBe(5);
  });

  test("what is no result is refused with what was tried", async () => {
    await writeFile(at("letter.txt"), "Dear all,");
    await mkdir(at("empty"));
    for (const name of ["letter.txt", "empty"]) {
      await expect(readEstimate(at(name))).rejects.toThrow(
        /is in none of the formats .*\(tried .*nwb.*npz.*\)/,
      );
    }
    await expect(readEstimate(at("nowhere"))).rejects.toMatchObject({ code: "missing" });
    await expect(readEstimate(at("empty"), { format: "avi" })).rejects.toThrow(
      /the format avi holds no results/,
    );
  });
});
