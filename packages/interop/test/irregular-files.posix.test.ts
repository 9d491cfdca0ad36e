// Estimates that are, or hold, what is neither a file nor a folder: said in a sentence, never waited for.
import { execFileSync } from "node:child_process";
import { cp, mkdir, rm, symlink, unlink, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { fileURLToPath } from "node:url";
import { formatNames, type InteropError, loadFormat, readEstimate } from "@minisim/interop";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeNpy } from "../src/npy/index.ts";
import { temporaryFolder } from "./folder.ts";

const at = temporaryFolder();
const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
const npy = (...shape: number[]) =>
  encodeNpy({ shape, data: new Float64Array(shape.reduce((a, b) => a * b, 1)).fill(1) });
let server: Server;
beforeAll(async () => {
  execFileSync("mkfifo", [at("pipe")]);
  await symlink(at("pipe"), at("to-pipe"));
  await symlink("/dev/zero", at("to-zero"));
  await symlink("/dev/urandom", at("to-random"));
  await symlink(at("round"), at("round"));
  server = createServer();
  await new Promise<void>((resolve) => server.listen(at("socket"), resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** In a moment: whoever waits for the other end of a pipe waits for ever. */
async function refusal(reading: Promise<unknown>): Promise<InteropError> {
  const late = new Promise((_, reject) => {
    setTimeout(() => reject(new Error("still waiting")), 10_000).unref();
  });
  const error = await Promise.race([reading, late]).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: "InteropError" });
  return error as InteropError;
}

const IRREGULAR = [
  ["pipe", "a named pipe"],
  ["to-pipe", "a named pipe"],
  ["to-zero", "a device"],
  ["to-random", "a device"],
  ["socket", "a socket"],
] as const;

describe("the estimate itself", () => {
  test.each(IRREGULAR)("%s is %s", async (name, what) => {
    const { message } = await refusal(readEstimate(at(name)));
    expect(message).toBe(`${at(name)} is ${what}, not a file, and is not opened.`);
  });

  test.each(IRREGULAR)("%s, whatever format it is said to be", async (name) => {
    for (const format of formatNames) {
      if (!(await loadFormat(format)).readEstimate) continue;
      const { message } = await refusal(readEstimate(at(name), { format }));
      expect(message).toContain(at(name));
    }
  });

  test("a circle of links", async () => {
    const { message } = await refusal(readEstimate(at("round")));
    expect(message).toBe(`${at("round")} is a symbolic link that leads in a circle.`);
  });
});

describe("a part of it, deep inside", () => {
  const PARTS: [fixture: string, part: string][] = [
    ["minian-2.0.2", "A.zarr/A/.zarray"],
    ["minian-2.0.2", "A.zarr/A/.zattrs"],
    ["minian-2.0.2", "A.zarr/A/0.0.0"],
    ["minian-2.0.2", "A.zarr/unit_id/0"],
    ["minian-2.0.2", "C.zarr/C/1.1"],
    ["minian-2.0.2", "motion.zarr/motion/.zarray"],
    ["suite2p-numpy", "stat.npy"],
    ["suite2p-numpy", "ops.npy"],
    ["suite2p-numpy", "iscell.npy"],
    ["suite2p-numpy", "F.npy"],
    ["python-minisim-1.0.3.zarr", "ground_truth/C/.zarray"],
    ["python-minisim-1.0.3.zarr", "ground_truth/planted/data/0"],
  ];
  test.each(PARTS)("%s/%s", async (name, part) => {
    for (const [irregular, what] of IRREGULAR) {
      await rm(at("copy"), { recursive: true, force: true });
      await cp(fixture(name), at("copy"), { recursive: true });
      const path = `${at("copy")}/${part}`;
      await unlink(path);
      await symlink(at(irregular), path);
      const { message } = await refusal(readEstimate(at("copy")));
      expect(message).toContain(`${path} is ${what}, not a file, and is not opened.`);
    }
  });

  test("an array of a folder of .npy files", async () => {
    await mkdir(at("arrays"));
    await writeFile(at("arrays/A.npy"), npy(2, 3, 4));
    await symlink(at("pipe"), at("arrays/C.npy"));
    const { message } = await refusal(readEstimate(at("arrays")));
    expect(message).toContain("arrays/C.npy is a named pipe");
  });

  test("traces beside footprints", async () => {
    await mkdir(at("inscopix"));
    // A little-endian TIFF of one page of 1 × 1 pixel of 8 bits at byte 8.
    const fields = [
      [256, 1],
      [257, 1],
      [258, 8],
      [273, 8],
      [279, 1],
    ] as const;
    const view = new DataView(new ArrayBuffer(10 + 2 + fields.length * 12 + 4));
    view.setUint32(0, 0x49492a00);
    view.setUint32(4, 10, true);
    view.setUint8(8, 1);
    view.setUint16(10, fields.length, true);
    for (const [i, [tag, value]] of fields.entries()) {
      view.setUint16(12 + 12 * i, tag, true);
      view.setUint16(14 + 12 * i, 4, true);
      view.setUint32(16 + 12 * i, 1, true);
      view.setUint32(20 + 12 * i, value, true);
    }
    await writeFile(at("inscopix/cell_footprints.tiff"), new Uint8Array(view.buffer));
    await symlink("/dev/zero", at("inscopix/cell_traces.csv"));
    const { message } = await refusal(readEstimate(at("inscopix")));
    expect(message).toContain("cell_traces.csv is a device");
  });
});

test("links to regular files and folders are followed, out of the folder, too", async () => {
  await cp(fixture("minian-2.0.2"), at("linked"), { recursive: true });
  await rm(at("linked/A.zarr/A/0.0.0"));
  await symlink(fixture("minian-2.0.2/A.zarr/A/0.0.0"), at("linked/A.zarr/A/0.0.0"));
  await rm(at("linked/C.zarr"), { recursive: true });
  await symlink(fixture("minian-2.0.2/C.zarr"), at("linked/C.zarr"));
  await symlink(at("linked"), at("to-linked"));
  const [linked, plain] = [
    await readEstimate(at("to-linked")),
    await readEstimate(fixture("minian-2.0.2")),
  ];
  expect({ ...linked, source: "" }).toEqual({ ...plain, source: "" });
});
