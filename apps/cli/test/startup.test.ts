// What a command waits for before it begins: the packages that are loaded for it.
import { beforeEach, describe, expect, test, vi } from "vitest";
import { minisim } from "./harness.ts";

const PACKAGES = [
  "minisim",
  "minisim/node",
  "yaml",
  "@minisim/spec/node",
  "@minisim/spec/text",
  "@minisim/figures",
  "@minisim/figures/node",
  "@minisim/interop",
  "@minisim/measures",
  "@minisim/scoring",
  "@minisim/sweep",
  "@minisim/sweep/node",
];

let loaded: string[] = [];

beforeEach(() => {
  loaded = [];
  vi.resetModules();
  for (const name of PACKAGES) {
    vi.doMock(name, (original) => {
      loaded.push(name);
      return original<object>();
    });
  }
});

/** The packages that a command loads, in a program of its own. */
async function loadedBy(...argv: string[]): Promise<string[]> {
  const { main } = await import("@minisim/cli");
  await minisim(argv, { main });
  return loaded.sort();
}

describe("a command loads its own code alone", () => {
  test.each([
    [["--version"]],
    [["--help"]],
    [["simulate", "--help"]],
    [["simulat"]],
    [["completion", "bash"]],
    [["complete", "--", "simulate", "--"]],
  ])("%j: none", async (argv) => {
    expect(await loadedBy(...argv)).toEqual([]);
  });

  test("init: presets and a template", async () => {
    expect(await loadedBy("init", "miniscope_v4/ca1")).toEqual(["minisim", "yaml"]);
  });

  test("simulate: the simulator, and what reads YAML where there is some", async () => {
    const simulate = ["simulate", "miniscope_v4/ca1", "-o", "a.zarr", "--until", "no_such_stage"];
    expect(await loadedBy(...simulate)).toEqual(["minisim", "minisim/node"]);
    expect(await loadedBy(...simulate, "--seed", "3")).toContain("yaml");
  });
});
