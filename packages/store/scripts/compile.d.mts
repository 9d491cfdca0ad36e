// Types of compile.mjs for the tests.
export const generatedFile: string;
export function compileLiterals(): Promise<Uint8Array<ArrayBuffer>>;
