// Types of manifest.mjs for the tests.
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly keywords?: readonly string[];
  readonly engines: Readonly<Record<string, string>>;
  readonly private?: boolean;
  readonly scripts?: Readonly<Record<string, string>>;
}
export const root: string;
export function allFolders(): string[];
export function packageFolders(): string[];
export function manifestOf(folder: string): Manifest;
