// What a tab is trusted with, bytes: browsers end workers somewhere between two and four gigabytes.
export const MOST_BYTES = 2e9;
