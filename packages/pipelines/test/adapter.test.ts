// What an adapter's folder may say, and what is said of one that is not right.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { builtinNames, loadAdapter } from "@minisim/pipelines";
import { isMinisimError } from "@minisim/spec";
import { beforeEach, describe, expect, test } from "vitest";
import { at, fixture } from "./recorded.ts";

beforeEach(() => {
  rmSync(at("mine"), { recursive: true, force: true });
  mkdirSync(at("mine"));
});

const write = (name: string, text: string) => writeFileSync(at("mine", name), text);
const fake = readFileSync(`${fixture("fake")}/pipeline.yaml`, "utf8");

async function problems(yaml: string): Promise<string> {
  write("pipeline.yaml", yaml);
  const error = await loadAdapter("mine", { cwd: at() }).catch((error: unknown) => error);
  if (!isMinisimError(error, "pipeline")) throw error;
  expect(error.code).toBe("adapter");
  return error.message;
}

describe("a folder", () => {
  test("that is right, as YAML or JSON", async () => {
    write("pipeline.yaml", fake);
    const yaml = await loadAdapter("mine", { cwd: at() });
    rmSync(at("mine/pipeline.yaml"));
    const { name, version, title, summary, run, reads, writes, parameters } = yaml;
    const document = { name, version, title, summary, run, reads, writes, parameters };
    write("pipeline.json", JSON.stringify(document));
    expect(await loadAdapter("mine", { cwd: at() })).toMatchObject(document);
  });

  test("has everything that is wrong told at once, with line and column", async () => {
    const wrong = fake
      .replace("reads: tiff", "reads: 3")
      .replace("version:", "versoin:")
      .replace("range: [1, 20]", "range: [20, 1]")
      .replace("default: 1.5, ", "")
      .replace("type: boolean", "type: bool");
    expect(await problems(wrong)).toBe(
      [
        "the adapter is not valid.",
        "  mine/pipeline.yaml:1:1  version: must be the version of the pipeline.",
        "  mine/pipeline.yaml:6:1  reads: must be a format that minisim exports.",
        "  mine/pipeline.yaml:9:38  parameters.side.range: must be [lowest, highest].",
        "  mine/pipeline.yaml:10:3  parameters.weight.default: must be a number.",
        "  mine/pipeline.yaml:11:12  parameters.round.type: must have a type: number, integer, boolean, choice or text.",
        '  mine/pipeline.yaml:2:1  versoin: unknown field. Did you mean "version"?',
      ].join("\n"),
    );
  });

  test("that names formats and files that are not there says so", async () => {
    expect(await problems(fake.replace("reads: tiff", "reads: tif"))).toBe(
      'mine/pipeline.yaml:6:1  reads: "tif" is no such format. Did you mean "tiff"? They are miniscope_v4, miniscope_v3, suite2p, minian, python_minisim, nwb, caiman, hdf5, npz, npy, avi, tiff, mp4, gif.',
    );
    const python = 'run: { python: ">=3.11", script: go.py, requirements: all.txt }';
    expect(await problems(fake.replace(/run: .*/, python))).toBe(
      [
        "the adapter is not valid.",
        "  mine/pipeline.yaml:5:26  run.script: there is no file go.py in the folder.",
        "  mine/pipeline.yaml:5:41  run.requirements: there is no file all.txt in the folder.",
      ].join("\n"),
    );
    expect(await problems(fake.replace("path: cells.npy", "path: run.json"))).toContain(
      "writes.path: must not be run.json, log.txt, score.json, work.",
    );
    expect(await problems(fake.replace("path: cells.npy", "path: ../x"))).toContain(
      "writes.path: must lie in the adapter's folder.",
    );
    expect(
      await problems(fake.replace(/run: .*/, 'run: { python: "3", script: go.py }')),
    ).toContain("run.python: must be a range of versions of Python, as in >=3.10,<3.13.");
    expect(await problems("name: [")).toMatch(/^mine\/pipeline\.yaml:1/);
  });

  test("with a default outside of its range is not right", async () => {
    expect(await problems(fake.replace("default: 6", "default: 60"))).toContain(
      "parameters.side.default: must be a value that the parameter can have.",
    );
  });

  test("that holds data is refused", async () => {
    write("pipeline.yaml", fake);
    for (let i = 0; i < 1001; i++) write(`frame-${i}.raw`, "");
    await expect(loadAdapter("mine", { cwd: at() })).rejects.toThrow(
      "The folder mine holds more than an adapter does (1000 files, 100 MB)",
    );
  });
});

describe("the adapters that come with the package", () => {
  test("are valid, and their pins are exact", async () => {
    expect(builtinNames()).toEqual(["caiman", "minian", "naive", "suite2p"]);
    for (const name of builtinNames()) {
      const adapter = await loadAdapter(name);
      expect([adapter.name, adapter.isBuiltin]).toEqual([name, true]);
      if (!("script" in adapter.run) || adapter.run.requirements === undefined) continue;
      const file = `${adapter.folder}/${adapter.run.requirements}`;
      const lines = readFileSync(file, "utf8").split("\n");
      const pins = lines.filter((line) => line !== "" && !line.startsWith("#"));
      for (const pin of pins) expect(pin).toMatch(/^[\w.-]+==[\w.]+$/);
      expect(pins).toContain(`${name}==${adapter.version}`);
    }
  });

  test("are in the tarball", () => {
    const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
    expect(manifest.files).toContain("adapters");
    expect(existsSync(new URL("../adapters/suite2p/run.py", import.meta.url))).toBe(true);
  });
});
