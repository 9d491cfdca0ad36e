// Types of declarations.mjs for the tests.
export function keepReached(folder: string, entries: readonly string[]): void;
export function refuseLarge(folder: string): void;
