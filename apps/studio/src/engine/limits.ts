// Numbers that the page shares with the simulator without loading it.

/** What a tab is trusted with: browsers end workers somewhere between two and four gigabytes. */
export const MOST_BYTES = 2e9;

/** That of @minisim/finalize, which a test holds it against. */
export const DETECTABLE_DPRIME = 20;
