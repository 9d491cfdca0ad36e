// Tests run on the sources: the private condition resolves every workspace package to its src, so no build comes first.
import process from "node:process";
import { defineConfig } from "vitest/config";

// Of libraries what Node takes: "module" is for bundlers.
const conditions = ["@minisim/source", "node", "import", "default"];
const shared = {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
};
// Limits for what hangs, ten times what the slowest test takes on a machine that has other things to do: no test is about speed.
const limits = { testTimeout: 600_000, hookTimeout: 600_000 };
// What needs signals, links, modes, pipes, devices or a shell of POSIX.
const notHere = process.platform === "win32" ? ["**/*.posix.test.ts"] : [];

export default defineConfig({
  test: {
    teardownTimeout: 60_000,
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          include: [
            "{packages,packages/steps,apps,examples,tools}/*/test/**/*.test.ts",
            "bench/test/*.test.ts",
          ],
          exclude: [
            "**/node_modules/**",
            "**/*.browser.test.ts",
            "**/*.interop.test.ts",
            "**/*.pipeline.test.ts",
            "**/*.cluster.test.ts",
            ...notHere,
          ],
          setupFiles: ["./tools/build/src/fail-on-print.ts"],
          ...limits,
        },
      },
      {
        ...shared,
        test: {
          name: "browser",
          include: ["**/*.browser.test.ts"],
          exclude: ["**/node_modules/**"],
          ...limits,
        },
      },
      {
        ...shared,
        test: {
          name: "consumers",
          include: [".ci/consumers/*.test.ts"],
          globalSetup: ".ci/consumers/packed.ts",
          ...limits,
        },
      },
      {
        ...shared,
        test: {
          name: "interop",
          include: ["**/*.interop.test.ts"],
          exclude: ["**/node_modules/**"],
          ...limits,
        },
      },
      {
        ...shared,
        test: {
          name: "cluster",
          include: ["**/*.cluster.test.ts"],
          exclude: ["**/node_modules/**"],
          ...limits,
        },
      },
      {
        ...shared,
        test: {
          name: "pipelines",
          include: ["**/*.pipeline.test.ts"],
          exclude: ["**/node_modules/**"],
          // minutes to install, minutes to run
          testTimeout: 3_600_000,
        },
      },
    ],
  },
});
