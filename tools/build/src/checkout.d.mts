// Types of checkout.mjs for the tests.
export function copyCheckout(to: string): void;
