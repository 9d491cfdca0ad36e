// Types of lockfile.mjs for the tests.
export function problemsOf(text: string): string[];
