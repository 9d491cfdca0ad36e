// The unit tests of one package, for the mutation tool. Tests that start processes of their own are left out: these run what is on disk,
// and so do not notice a change.
import process from "node:process";
import { defineConfig } from "vitest/config";
import config from "../../../vitest.config.ts";

interface Project {
  readonly test: { readonly name: string; readonly exclude: readonly string[] };
}

const projects = (config.test?.projects ?? []) as readonly unknown[] as readonly Project[];
const unit = projects.find(({ test }) => test.name === "unit")!;
const test = {
  ...unit.test,
  include: [`${process.env.MINISIM_MUTATED}/test/**/*.test.ts`],
  exclude: [...unit.test.exclude, "**/*.posix.test.ts"],
};

export default defineConfig({ ...config, test: { ...config.test, projects: [{ ...unit, test }] } });
