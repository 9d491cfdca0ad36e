// Types of facts.mjs for the tests.
export function staleFacts(): string[];
