// Types of compile.mjs for the tests.
export const simd: string[];
export const moduleNames: string[];
export function compileModule(name: string): Promise<Uint8Array<ArrayBuffer>>;
export function compile(entry: string, options: string[]): Promise<Uint8Array<ArrayBuffer>>;
