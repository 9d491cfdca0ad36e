// Types of manifest.mjs for the tests.
export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly scripts?: Readonly<Record<string, string>>;
}
export const root: string;
export function allFolders(): string[];
export function packageFolders(): string[];
export function manifestOf(folder: string): Manifest;
