import * as spec from "@minisim/spec";
import * as text from "@minisim/spec/text";
import { expect, test } from "vitest";

test("the public names", () => {
  expect(Object.keys(spec).sort()).toEqual([
    "SpecError",
    "acquisitionSchema",
    "autoOr",
    "choice",
    "count",
    "createSpecFactory",
    "flag",
    "formatIssue",
    "formatPath",
    "fraction",
    "geometryOf",
    "list",
    "nullable",
    "outputSchema",
    "quantity",
    "umToIndex",
    "vector",
  ]);
  expect(Object.keys(text).sort()).toEqual(["SpecTextError", "formatIssues", "readSpecText"]);
});
