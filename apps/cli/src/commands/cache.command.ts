// minisim cache ls and minisim cache prune, as they are called.
import { type Declaring, defined } from "./declaration.ts";
import { CACHE } from "./options.ts";

export function declareCache({ context, command }: Declaring): void {
  const cache = command(
    "cache",
    "List or remove what can be made again: recordings, environments of pipelines and their runs, scenes that shards share.",
    ["minisim cache ls", "minisim cache prune --max-size 5GB"],
  );
  cache
    .command("ls")
    .description("List what the cache holds, the last used first.")
    .addOption(CACHE)
    .option("--json", "machine-readable list")
    .action(async (options) => {
      const { cacheList } = await import("./cache.ts");
      await cacheList(context, defined(options));
    });
  cache
    .command("prune")
    .description("Remove what was not used for longest first, never what is in use.")
    .addOption(CACHE)
    .option("--max-size <size>", "until no more than this is left, as in 5GB")
    .option("--older-than <time>", "those last used before, as in 12h, 30d, 2w")
    .option("--all", "all of them")
    .option("--json", "machine-readable result")
    .action(async (options) => {
      const { cachePrune } = await import("./cache.ts");
      await cachePrune(context, defined(options));
    });
}
