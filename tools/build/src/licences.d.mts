// Types of licences.mjs for the tests and the studio.
export function licencesOf(root: string, inputs: readonly string[]): string;
export function sourceOf(manifest: {
  readonly repository?: string | { readonly type?: string; readonly url: string };
}): string | undefined;
