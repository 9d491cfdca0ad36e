// A copy of this checkout, for what changes or commits files and must not do so here.
import { cpSync } from "node:fs";
import { basename } from "node:path";
import { root } from "./manifest.mjs";

/** What is installed, built or kept, and not part of a checkout. */
const LEFT_OUT =
  /^(node_modules|dist|demo|study|\.git|\.turbo|\.venv.*|\.stryker.*|\.pytest_cache|__pycache__)$/;

export function copyCheckout(to) {
  cpSync(root, to, { recursive: true, filter: (path) => !LEFT_OUT.test(basename(path)) });
}
