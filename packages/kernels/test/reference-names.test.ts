// Every verb exists twice: what the reference backend lacks are the passes that fuse verbs, and memory.
import { createKernels } from "@minisim/kernels";
import * as reference from "@minisim/kernels/reference";
import { expect, test } from "vitest";

test("the kernels are the verbs of the reference backend and passes over them", () => {
  expect(Object.keys(createKernels()).sort()).toEqual(
    [...Object.keys(reference), "arena", "capture", "compose", "expose"].sort(),
  );
});
