// Every package can be built, checked, tested and packed by itself, and has tests of its own.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allFolders, manifestOf } from "../src/manifest.mjs";

const packages = allFolders().map((folder) => ({ folder, ...manifestOf(folder) }));

test.each(packages)(
  "$name has the scripts of its kind",
  ({ name, private: unpublished, scripts }) => {
    const check = "biome check . && tsc --noEmit";
    const built = { build: "minisim-build", check, test: "minisim-test" };
    // The tools run as they are written, this one with its own files; the studio is a page, and the docs are a site of all of it.
    const expected =
      name === "@minisim/build"
        ? { check, test: "node src/test.mjs" }
        : name === "@minisim/release"
          ? { check, test: "minisim-test" }
          : name === "@minisim/docs"
            ? { check, test: "minisim-test", site: "tsx -C @minisim/source src/build.ts" }
            : name === "@minisim/studio"
              ? { ...built, build: "vite build --logLevel warn" }
              : { ...built, ...(!unpublished && { prepack: "minisim-prepack" }) };
    expect(scripts).toMatchObject(expected);
  },
);

test.each(packages)("$name has unit tests", ({ folder }) => {
  const files = readdirSync(join(folder, "test"), { recursive: true }).map(String);
  const unit = files.filter((file) => /(?<!\.browser|\.interop)\.test\.ts$/.test(file));
  expect(unit.length).toBeGreaterThan(0);
});
