// Shell completion: what is offered at the last word.
import { fileURLToPath } from "node:url";
import { builtin, presetNames } from "minisim";
import { describe, expect, test } from "vitest";
import { minisim } from "./harness.ts";

/** Candidates without their meanings. */
async function offered(...words: string[]): Promise<string[]> {
  const { code, out, err } = await minisim(["complete", "--", ...words]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const lines = out.split("\n").slice(0, -1);
  return lines.map((line) => line.split("\t")[0]!);
}

const kinds = builtin.steps.map(({ kind }) => kind);

describe("what is offered", () => {
  test("commands, but not the one that shells call", async () => {
    const commands = await offered("");
    expect(commands).toEqual(expect.arrayContaining(["init", "simulate", "completion"]));
    expect(commands).not.toContain("complete");
    expect(await offered("in")).toEqual(["init", "inspect"]);
    expect(await offered("--debug", "val")).toEqual(["validate"]);
  });

  test("options of the command, with their meaning", async () => {
    expect(await offered("simulate", "--")).toEqual(
      expect.arrayContaining(["--set", "--seed", "--until", "--plugin", "--debug", "--help"]),
    );
    expect(await offered("schema", "--s")).toEqual([]);
    const { out } = await minisim(["complete", "--", "simulate", "--se"]);
    expect(out).toContain("--seed\tseed of all randomness\n");
  });

  test("presets, and files beside them where a file may stand", async () => {
    expect(await offered("init", "")).toEqual(presetNames);
    expect(await offered("simulate", "generic")).toEqual([
      "generic_1p/ca1",
      "generic_1p/cortex_l23",
      "generic_1p/striatum",
      ":files",
    ]);
    expect(await offered("inspect", "a")).toEqual([":files"]);
    expect(await offered("run", "")).toEqual(["caiman", "minian", "naive", "suite2p", ":files"]);
    expect(await offered("run", "naive", "generic_1p/s")).toEqual([
      "generic_1p/striatum",
      ":files",
    ]);
    expect(await offered("simulate", "a.yaml", "-o", "")).toEqual([":files"]);
    expect(await offered("simulate", "a.yaml", "")).toEqual([]);
  });

  test("kinds and stages, those of plugins too", async () => {
    expect(await offered("steps", "")).toEqual(kinds);
    expect(await offered("steps", "v")).toEqual(["vasculature", "vignette"]);
    expect(await offered("simulate", "x", "--until", "c")).toEqual(["cell_activity", "cells_only"]);
    const plugin = fileURLToPath(new URL("fixtures/plugin.mjs", import.meta.url));
    expect(await offered("steps", "--plugin", plugin, "ha")).toEqual(["halve"]);
  });

  test("--until=x as one word, and as bash splits it", async () => {
    expect(await offered("simulate", "x", "--until=bra")).toEqual(["--until=brain_motion"]);
    expect(await offered("simulate", "x", "--until", "=", "bra")).toEqual(["brain_motion"]);
    expect(await offered("simulate", "x", "--until", "=")).toContain("brain_motion");
  });

  test("the value of a list goes on after its comma", async () => {
    expect(await offered("render", "a.zarr", "--only", "mean,m")).toEqual([
      "mean,max",
      "mean,motion",
    ]);
    expect(await offered("render", "a.zarr", "--format", "")).toEqual(["png", "svg"]);
    expect(await offered("completion", "")).toEqual(["bash", "zsh", "fish"]);
  });

  test("nothing where nothing is known", async () => {
    for (const option of ["--seed", "--set"]) {
      expect(await offered("simulate", "x", option, "")).toEqual([]);
    }
    expect(await offered("nonsense", "--")).toEqual(["--version", "--debug", "--help"]);
  });
});
