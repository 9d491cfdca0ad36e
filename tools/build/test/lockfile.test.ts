// A lock file that some platform or some registry could not be installed from is refused.
import { expect, test } from "vitest";
import { problemsOf } from "../src/lockfile.mjs";

const PLATFORMS = [
  ["linux", "x64", "glibc"],
  ["linux", "x64", "musl"],
  ["linux", "arm64", "glibc"],
  ["linux", "arm64", "musl"],
  ["darwin", "x64"],
  ["darwin", "arm64"],
  ["win32", "x64"],
  ["win32", "arm64"],
];

/** A lock file of one tool with a binary for each platform. */
function lockfile(platforms: readonly string[][], resolution = "integrity: sha512-A=="): string {
  const name = (platform: readonly string[]) => `'@tool/${platform.join("-")}@1.0.0'`;
  return [
    "packages:",
    ...platforms.flatMap(([os, cpu, libc], i) => [
      `  ${name(platforms[i]!)}:`,
      `    resolution: {${resolution}}`,
      `    os: [${os}]`,
      `    cpu: [${cpu}]`,
      ...(libc ? [`    libc: [${libc}]`] : []),
    ]),
    "snapshots:",
    "  tool@1.0.0:",
    "    optionalDependencies:",
    ...platforms.map((platform) => `      '@tool/${platform.join("-")}': 1.0.0`),
    ...platforms.map((platform) => `  ${name(platform)}: {}`),
    "",
  ].join("\n");
}

test("binaries for all platforms are no problem", () => {
  expect(problemsOf(lockfile(PLATFORMS))).toEqual([]);
});

test("nor is one binary for every libc", () => {
  const statically = PLATFORMS.filter(([, , libc]) => libc !== "musl").map(([os, cpu]) => [
    os!,
    cpu!,
  ]);
  expect(problemsOf(lockfile(statically))).toEqual([]);
});

test.each(PLATFORMS.map((_, i) => i))("without the binary of platform %i it is told", (missing) => {
  const platform = PLATFORMS[missing]!.join(" ");
  expect(problemsOf(lockfile(PLATFORMS.filter((_, i) => i !== missing)))).toEqual([
    `tool@1.0.0 has no binary for ${platform}.`,
  ]);
});

test.each([
  "integrity: sha512-A==, tarball: https://registry.example/tool.tgz",
  "tarball: http://127.0.0.1:4873/tool.tgz",
])("an address is told: %s", (resolution) => {
  const problems = problemsOf(lockfile(PLATFORMS, resolution));
  expect(problems).toEqual(PLATFORMS.map(() => `An address: resolution: {${resolution}}`));
});
