// What must hold of pnpm-lock.yaml, so that a clone installs on every platform and from every registry.
import { parse } from "yaml";

const PLATFORMS = [
  ...["x64", "arm64"].flatMap((cpu) => [
    { os: "linux", cpu, libc: "glibc" },
    { os: "linux", cpu, libc: "musl" },
  ]),
  ...["x64", "arm64"].flatMap((cpu) => [
    { os: "darwin", cpu },
    { os: "win32", cpu },
  ]),
];
// Watches files where macOS alone has a way to; nothing else goes without it.
const OF_ONE_PLATFORM = ["fsevents"];

/** Every problem of a lock file as a sentence: a tool without a binary for some platform, an address of some registry. */
export function problemsOf(text) {
  const { packages, snapshots } = parse(text);
  const missing = Object.entries(snapshots).flatMap(([tool, { optionalDependencies = {} }]) => {
    const binaries = Object.entries(optionalDependencies)
      .filter(([name]) => !OF_ONE_PLATFORM.includes(name))
      .map(([name, version]) => packages[`${name}@${version}`])
      .filter((binary) => binary?.os || binary?.cpu);
    if (binaries.length === 0) return [];
    return PLATFORMS.filter((platform) => !binaries.some((binary) => fits(binary, platform))).map(
      ({ os, cpu, libc = "" }) => `${tool} has no binary for ${`${os} ${cpu} ${libc}`.trim()}.`,
    );
  });
  const addresses = [...text.matchAll(/^.*(?:https?:|git\+|tarball:).*$/gm)];
  return [...missing, ...addresses.map(([line]) => `An address: ${line.trim()}`)];
}

function fits({ os, cpu, libc }, platform) {
  return (
    (!os || os.includes(platform.os)) &&
    (!cpu || cpu.includes(platform.cpu)) &&
    (!libc || libc.includes(platform.libc))
  );
}
