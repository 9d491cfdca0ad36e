// Types of third-party.mjs for the tests.
export const LIST: string;
export function thirdParty(): string;
