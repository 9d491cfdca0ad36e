// Names that become folders: those of extra truth fields and of stages.
import { StoreError } from "./error.ts";

/**
 * @throws StoreError "invalid" for a name that Zarr or a file system would not take, or that differs from another in
 *   case alone: two such folders are one on macOS and Windows.
 */
export function checkNames(what: string, names: readonly string[], taken: readonly string[]): void {
  const seen = new Map(taken.map((name) => [name.toLowerCase(), name]));
  for (const name of names) {
    if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(name) || name.toLowerCase() === "zarr.json") {
      throw new StoreError(
        "invalid",
        `A ${what} cannot be named ${JSON.stringify(name)}: use letters, digits, "_", "-" and ".".`,
      );
    }
    const other = seen.get(name.toLowerCase());
    if (other !== undefined) {
      const same = other === name ? "is taken" : `differs from "${other}" in case alone`;
      throw new StoreError("invalid", `A ${what} cannot be named "${name}": the name ${same}.`);
    }
    seen.set(name.toLowerCase(), name);
  }
}
