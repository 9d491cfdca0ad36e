// -o PAGE.html: where a command writes its page.
import { extname, resolve } from "node:path";
import { usageFailure } from "./failure.ts";

/** Undefined where no page is wanted. @throws Failure for what is not called like one. */
export function pagePath(output: string | undefined, cwd: string): string | undefined {
  if (output === undefined) return undefined;
  if (extname(output) === ".html") return resolve(cwd, output);
  throw usageFailure(`-o ${output}: name a file that ends in .html.`);
}
