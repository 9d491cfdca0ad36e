// Where a library's source is, whatever its manifest calls that.
import { expect, test } from "vitest";
import { sourceOf } from "../src/licences.mjs";

test.each([
  "owner/some.lib",
  "github:owner/some.lib",
  "git@github.com:owner/some.lib.git",
  "git+https://github.com/owner/some.lib.git",
  "git://github.com/owner/some.lib",
  "ssh://git@github.com/owner/some.lib.git",
])("%s", (url) => {
  expect(sourceOf({ repository: url })).toBe("https://github.com/owner/some.lib");
  expect(sourceOf({ repository: { type: "git", url } })).toBe("https://github.com/owner/some.lib");
});

test("another host's address stays, and there may be none", () => {
  expect(sourceOf({ repository: "https://host.example/a/b" })).toBe("https://host.example/a/b");
  expect(sourceOf({})).toBeUndefined();
});
