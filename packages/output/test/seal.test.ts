// Seals: a small file says that it is ours as long as nobody has touched it.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sealPng, sealText, writeSmallFile } from "@minisim/output";
import { afterEach, beforeEach, expect, test } from "vitest";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "minisim-seal-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A PNG of one black pixel. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==",
  "base64",
);

const SEALED = {
  yaml: Buffer.from(sealText("seed: 1\n", "thing", "yaml")),
  "svg without a last line break": Buffer.from(sealText("<svg/>", "thing", "xml")),
  png: Buffer.from(sealPng(PNG, "thing")),
} as const;

test.each(Object.entries(SEALED))("%s: ours until one byte is another", async (_, sealed) => {
  const path = join(folder, "file");
  const replace = () => writeSmallFile(path, "new", { kind: "thing", force: true });
  for (const at of [0, 5, sealed.length - 20, sealed.length - 1]) {
    const touched = Buffer.from(sealed);
    touched[at]! ^= 1;
    writeFileSync(path, touched);
    await expect(replace()).rejects.toMatchObject({ code: "foreign" });
  }
  for (const touched of [Buffer.concat([sealed, Buffer.from("x: 1\n")]), sealed.subarray(0, -1)]) {
    writeFileSync(path, touched);
    await expect(replace()).rejects.toMatchObject({ code: "foreign" });
  }
  writeFileSync(path, sealed);
  await expect(writeSmallFile(path, "new", { kind: "other", force: true })).rejects.toMatchObject({
    code: "foreign",
  });
  await expect(writeSmallFile(path, "new", { kind: "thing" })).rejects.toMatchObject({
    code: "exists",
  });
  expect(readFileSync(path).equals(sealed)).toBe(true);
  await replace();
  expect(readFileSync(path, "utf8")).toBe("new");
  expect(readdirSync(folder)).toEqual(["file"]);
});

test("a sealed PNG has whole chunks, the last of them the old one", () => {
  const sealed = SEALED.png;
  const names: string[] = [];
  for (let at = 8; at < sealed.length; ) {
    const length = sealed.readUInt32BE(at);
    names.push(sealed.toString("latin1", at + 4, at + 8));
    at += length + 12;
  }
  expect(names).toEqual(["IHDR", "IDAT", "tEXt", "IEND"]);
});

test("what comes to the path meanwhile is not overwritten", async () => {
  const path = join(folder, "file");
  const writes = Array.from({ length: 8 }, (_, i) =>
    writeSmallFile(path, `${i}`, { kind: "thing" }).then(
      () => i,
      (error: { code: string }) => error.code,
    ),
  );
  const winners = (await Promise.all(writes)).filter((outcome) => typeof outcome === "number");
  expect(winners).toHaveLength(1);
  expect(readFileSync(path, "utf8")).toBe(`${winners[0]}`);
});
