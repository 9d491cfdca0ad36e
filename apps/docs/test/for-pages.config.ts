// How tests that stand on a page run: as in a project of the reader's, on the sources.
import { defineConfig } from "vitest/config";

const conditions = ["@minisim/source", "node", "import", "module", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
});
