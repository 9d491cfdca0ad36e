import { composite } from "@minisim/step-composite";
import { conformance } from "@minisim/step-testkit";

conformance(composite, {
  neutral: { none: "the cells always shine" },
  draws: false,
  acquisition: { tissue: { halo_fraction: 0.5 } },
  shown: { none: "the truth of cells is no picture: physics.test.ts sums emission × footprint" },
  golden: new URL("./golden.json", import.meta.url),
});
