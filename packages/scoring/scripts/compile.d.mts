// Types of compile.mjs for the tests.
export const generatedFile: string;
export function compileProject(): Promise<Uint8Array<ArrayBuffer>>;
