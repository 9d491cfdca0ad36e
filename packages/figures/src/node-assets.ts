// The files that pictures are made with, from the packages that bring them.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** The bytes of `PACKAGE/PATH`. */
export const readAsset = (name: string): Promise<Uint8Array> => readFile(require.resolve(name));
