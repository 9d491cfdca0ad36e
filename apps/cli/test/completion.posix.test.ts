// Shell completion: the script as a shell reads it.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync } from "node:fs";
import { expect, test } from "vitest";
import { at, minisim, write } from "./harness.ts";

test("in bash: candidates and files, descriptions left out", async () => {
  const { out: script } = await minisim(["completion", "bash"]);
  write("completion.bash", script);
  mkdirSync(at("bin"));
  // Stands in for the command: says what it was asked, offers a preset with a meaning, and files.
  write("bin/minisim", '#!/bin/sh\nprintf "%s\\n" "[$*]" "generic/ca1\tof presets" :files\n');
  chmodSync(at("bin", "minisim"), 0o755);
  write("a b.yaml", "");
  write("c.yaml", "");
  const asked = `. ./completion.bash; . ./completion.bash
    COMP_WORDS=(minisim simulate --set 'x[0]=$(touch harm)' a); COMP_CWORD=4; _minisim
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync("bash", ["--norc", "-c", asked], {
    cwd: at(),
    encoding: "utf8",
    env: { ...process.env, PATH: `${at("bin")}:${process.env.PATH}` },
  });
  expect(stderr).toBe("");
  // What was typed arrives as typed: nothing in it is run.
  expect(stdout.split("\n")).toEqual([
    "[complete -- simulate --set x[0]=$(touch harm) a]",
    "generic/ca1",
    "a b.yaml",
    "",
  ]);
});
