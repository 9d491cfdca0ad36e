// Types of promised.mjs for the tests.
export function missingFiles(folder: string, manifest: unknown): string[];
