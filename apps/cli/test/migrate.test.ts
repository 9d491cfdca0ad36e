// minisim migrate: from a spec of the first edition to one of today's.
import { existsSync, readFileSync } from "node:fs";
import { readSpecText } from "@minisim/spec/text";
import { Spec } from "minisim";
import { expect, test } from "vitest";
import { at, minisim, write } from "./harness.ts";

const OLD = `# Mine.
acquisition:
  fps: 10
  duration_s: 1
  optics: { depth_of_field_um: 4 }
steps:
  - kind: sensor
    photons_per_unit: 300
`;
const LINES = [
  "old.yaml:5:3  acquisition.optics.na: the blur of what is out of focus is 2.5 times narrower, with the same light in all.",
  "old.yaml:8:5  steps[0].photons_per_unit: is photons_per_um2_s, 21300: 300 photons in 0.375 × 0.375 µm and 0.1 s.",
];

test("YAML to stdout, and on stderr a line for each thing that was converted", async () => {
  const { code, out, err } = await minisim(["migrate", write("old.yaml", OLD)]);
  expect({ code, err }).toEqual({ code: 0, err: `${LINES.join("\n")}\n` });
  const { value } = readSpecText(out, { name: "out" });
  expect(value).toEqual({
    acquisition: { fps: 10, duration_s: 1, optics: { depth_of_field_um: 4 } },
    steps: [{ kind: "sensor", photons_per_um2_s: 300 / (0.375 * 0.375 * 0.1) }],
    spec_version: 2,
  });
  expect(Spec.safeParse(value).ok).toBe(true);
});

test("JSON stays JSON", async () => {
  const old = JSON.stringify(readSpecText(OLD, { name: "old" }).value);
  const { code, out } = await minisim(["migrate", write("old.json", old)]);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ spec_version: 2 });
});

test("a file is written once, and again only with --force", async () => {
  write("old.yaml", OLD);
  const migrate = (...options: string[]) =>
    minisim(["migrate", "old.yaml", "-o", "new.yaml", ...options]);
  expect(await migrate()).toMatchObject({ code: 0, out: "" });
  expect((await minisim(["validate", "new.yaml"])).code).toBe(0);
  expect(await migrate()).toMatchObject({
    code: 1,
    err: "error: new.yaml exists already and was left as it is. Use --force to replace it.\n",
  });
  expect((await migrate("--force")).code).toBe(0);
  // Of itself it makes nothing else.
  const again = await minisim(["migrate", "new.yaml"]);
  expect(again.err).toBe("new.yaml is of today's edition: nothing was converted.\n");
  expect(readSpecText(again.out, { name: "again" }).value).toEqual(
    readSpecText(readFileSync(at("new.yaml"), "utf8"), { name: "new" }).value,
  );
});

test("what cannot be converted leaves no file, and every reason at its place", async () => {
  const wrong = OLD.replace("300", "-1").replace("fps: 10", "fps: fast");
  const first = await minisim(["migrate", write("wrong.yaml", wrong), "-o", "new.yaml"]);
  expect(first).toMatchObject({
    code: 1,
    err: 'error: wrong.yaml:3:3  acquisition.fps: must be a number ≥ 0.0001 and ≤ 1000, got the string "fast".\n',
  });
  const second = await minisim(["migrate", write("odd.yaml", `${OLD}seed: -1\n`)]);
  expect(second).toMatchObject({
    code: 1,
    err: "error: odd.yaml:9:1  seed: must be ≥ 0 (got -1).\n",
  });
  expect(existsSync(at("new.yaml"))).toBe(false);
});

test("validate and simulate name the command", async () => {
  const { code, out } = await minisim(["validate", write("old.yaml", OLD)]);
  expect(code).toBe(1);
  expect(out).toBe(
    "old.yaml:8:5  steps[0].photons_per_unit: is a field of the first edition of specs, whose light has other units; `minisim migrate FILE` converts it.\n",
  );
});
