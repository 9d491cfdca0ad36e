// What an editor offers to who writes a spec, from the declarations of the tarballs.
import { builtinSteps } from "minisim";
import { expect, test } from "vitest";
import { copied, node } from "./run.ts";

const simulate = (spec: string) => `import { simulate } from "minisim";\nsimulate(${spec});`;
const toStore = (spec: string) =>
  `import { simulateToStore } from "minisim/node";\nsimulateToStore(${spec}, "a.zarr");`;

test("it offers the kinds of steps, and the fields of each", async () => {
  const programs = [
    simulate('{ steps: [{ kind: "|" }] }'),
    toStore('{ steps: [{ kind: "|" }] }'),
    simulate('{ steps: [{ kind: "sensor", | }] }'),
    simulate("{ acquisition: { optics: { | } }, steps: [] }"),
  ];
  const printed = await node("editor/offers.mjs", programs, copied("editor"));
  const [kinds, kindsToStore, fields, optics] = JSON.parse(printed) as string[][];
  expect(kinds!.sort()).toEqual(builtinSteps.map(({ kind }) => kind).sort());
  expect(kindsToStore!.sort()).toEqual(kinds);
  expect(fields).toEqual(["photons_per_um2_s"]);
  expect(optics).toContain("na");
});
